/*---
numero: 38
titre: Mises à jour de l'OPCO appliquées
theme: OPCO
description: >-
  Ce que les mises à jour de la correspondance entre conventions collectives et OPCO ont écrit
  entre les deux dates, fiche par fiche.
parametres:
  - {nom: du, libelle: Du, type: date, defaut: debut_annee}
  - {nom: au, libelle: Au, type: date, apres: du, defaut: fin_annee}
colonnes:
  designation: {largeur: 34}
  idcc: {largeur: 8}
---*/
SELECT
    a.appliquee_le,
    a.appliquee_par,
    a.objet,
    a.designation,
    a.idcc,
    a.opco_avant,
    a.opco_apres,
    a.annulee
FROM vue_applications_opco a
WHERE a.appliquee_le BETWEEN :du AND :au
ORDER BY a.application_id, a.objet, sans_accents(a.designation), a.objet_id
