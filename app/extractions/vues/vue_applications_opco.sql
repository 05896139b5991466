/*---
titre: Applications de la correspondance OPCO
description: >-
  Ce que les mises à jour de la correspondance entre conventions collectives et OPCO ont écrit,
  ligne par ligne : fiche de l'employeur, organisme, salarié. Une application annulée y reste.
colonnes:
  application_id: Numéro d'application
  appliquee_le: Appliquée le
  appliquee_par: Appliquée par
  annulee: Annulée
  objet: Fiche
  objet_id: Numéro de la fiche
  employeur_id: Numéro d'employeur
  designation: Nom
  idcc: IDCC
  motif: Motif
  opco_avant: OPCO avant
  opco_apres: OPCO après
---*/
SELECT
    l.application_id,
    date(a.moment) AS appliquee_le,
    a.par AS appliquee_par,
    CASE WHEN a.annulee_a IS NULL THEN 'Non' ELSE 'Oui' END AS annulee,
    CASE l.objet
        WHEN 'employeur' THEN 'Employeur'
        WHEN 'organisme' THEN 'Organisme'
        WHEN 'salarie' THEN 'Salarié'
        ELSE l.objet
    END AS objet,
    l.objet_id,
    l.employeur_id,
    l.designation,
    l.idcc,
    l.motif,
    l.avant AS opco_avant,
    l.apres AS opco_apres
FROM ligne_application_opco l
JOIN application_opco a ON a.id = l.application_id
