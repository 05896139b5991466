/*---
numero: 51
titre: Cotisations par organisme
theme: Cotisations
description: >-
  Ce que chaque employeur doit à chaque organisme, mois par mois : parts salariale et patronale,
  réductions déduites.
parametres:
  - {nom: dossier, libelle: Dossier de travail, type: dossier, tous: true, defaut: tous}
  - {nom: employeur, libelle: Employeur, type: employeur, tous: true, defaut: tous}
  - {nom: du, libelle: Paie du, type: date, defaut: debut_mois, aide: un jour du premier mois}
  - {nom: au, libelle: jusqu'au, type: date, apres: du, defaut: fin_mois, aide: un jour du dernier mois}
colonnes:
  dossier: {largeur: 18}
  raison_sociale: {largeur: 34}
  destinataire: {largeur: 22}
---*/
SELECT
    mois_le,
    dossier,
    raison_sociale,
    destinataire,
    sum(montant_salarial_centimes) AS montant_salarial_centimes,
    sum(montant_patronal_centimes) AS montant_patronal_centimes,
    sum(montant_salarial_centimes + montant_patronal_centimes) AS montant_total_centimes
FROM vue_lignes
WHERE annee BETWEEN CAST(substr(:du, 1, 4) AS INTEGER) AND CAST(substr(:au, 1, 4) AS INTEGER)
  AND mois_le BETWEEN date(:du, 'start of month') AND :au
  AND (:dossier IS NULL OR dossier_id = :dossier)
  AND (:employeur IS NULL OR employeur_id = :employeur)
GROUP BY employeur_id, annee * 100 + mois, destinataire_code
ORDER BY mois_le, sans_accents(raison_sociale), employeur_id, destinataire
