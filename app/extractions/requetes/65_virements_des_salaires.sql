/*---
numero: 65
titre: Virements des salaires
theme: Bulletins
description: >-
  Le net à payer de chaque bulletin des mois choisis, avec l'IBAN du salarié et la date de
  paiement. Les nets nuls n'y sont pas.
parametres:
  - {nom: dossier, libelle: Dossier de travail, type: dossier, tous: true, defaut: tous}
  - {nom: employeur, libelle: Employeur, type: employeur, tous: true, defaut: tous}
  - {nom: du, libelle: Paie du, type: date, defaut: debut_mois, aide: un jour du premier mois}
  - {nom: au, libelle: jusqu'au, type: date, apres: du, defaut: fin_mois, aide: un jour du dernier mois}
colonnes:
  iban: {largeur: 30}
  dossier: {largeur: 18}
  raison_sociale: {largeur: 34}
  nom: {largeur: 18}
  prenoms: {largeur: 16}
  etat_bulletin: {largeur: 14}
---*/
SELECT
    mois_le,
    dossier,
    raison_sociale,
    nom,
    prenoms,
    iban,
    net_a_payer_centimes,
    etat_bulletin,
    paye_le
FROM vue_bulletins
WHERE annee BETWEEN CAST(substr(:du, 1, 4) AS INTEGER) AND CAST(substr(:au, 1, 4) AS INTEGER)
  AND mois_le BETWEEN date(:du, 'start of month') AND :au
  AND compte = 'Oui'
  AND net_a_payer_centimes <> 0
  AND (:dossier IS NULL OR dossier_id = :dossier)
  AND (:employeur IS NULL OR employeur_id = :employeur)
ORDER BY mois_le, sans_accents(raison_sociale), employeur_id, sans_accents(nom),
    sans_accents(prenoms), bulletin_id
