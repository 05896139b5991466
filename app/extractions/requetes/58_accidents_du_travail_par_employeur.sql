/*---
numero: 58
titre: Accidents du travail par employeur
theme: Cotisations
description: >-
  La cotisation accidents du travail et maladies professionnelles par employeur sur les mois
  choisis, avec le taux de sa fiche.
parametres:
  - {nom: dossier, libelle: Dossier de travail, type: dossier, tous: true, defaut: tous}
  - {nom: employeur, libelle: Employeur, type: employeur, tous: true, defaut: tous}
  - {nom: du, libelle: Paie du, type: date, defaut: debut_mois, aide: un jour du premier mois}
  - {nom: au, libelle: jusqu'au, type: date, apres: du, defaut: fin_mois, aide: un jour du dernier mois}
colonnes:
  nombre_bulletins: {libelle: Bulletins}
  dossier: {largeur: 18}
  raison_sociale: {largeur: 34}
---*/
SELECT
    l.dossier,
    l.raison_sociale,
    e.taux_at_millioniemes,
    count(*) AS nombre_bulletins,
    sum(l.assiette_centimes) AS assiette_centimes,
    sum(l.montant_patronal_centimes) AS montant_patronal_centimes
FROM vue_lignes l
JOIN vue_employeurs e ON e.employeur_id = l.employeur_id
WHERE annee BETWEEN CAST(substr(:du, 1, 4) AS INTEGER) AND CAST(substr(:au, 1, 4) AS INTEGER)
  AND mois_le BETWEEN date(:du, 'start of month') AND :au
  AND l.code_cotisation = 'accidents_travail'
  AND (:dossier IS NULL OR l.dossier_id = :dossier)
  AND (:employeur IS NULL OR l.employeur_id = :employeur)
GROUP BY l.employeur_id
ORDER BY sans_accents(l.raison_sociale), l.employeur_id
