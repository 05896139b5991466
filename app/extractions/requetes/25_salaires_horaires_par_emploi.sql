/*---
numero: 25
titre: Salaires horaires par emploi
theme: Contrats
description: >-
  Pour les contrats en cours à la date choisie, par emploi et catégorie, le salaire brut d'une
  heure : le plus bas, le plus haut et celui de l'ensemble (salaires divisés par heures).
parametres:
  - {nom: dossier, libelle: Dossier de travail, type: dossier, tous: true, defaut: tous}
  - {nom: employeur, libelle: Employeur, type: employeur, tous: true, defaut: tous}
  - {nom: au, libelle: Situation au, type: date, defaut: aujourdhui}
colonnes:
  nombre_contrats: {libelle: Contrats}
  minimum_centimes: {libelle: Le plus bas}
  maximum_centimes: {libelle: Le plus haut}
  ensemble_centimes: {libelle: Ensemble}
  emploi: {largeur: 26}
  categorie: {largeur: 12}
---*/
SELECT
    emploi,
    categorie,
    count(*) AS nombre_contrats,
    min((salaire_centimes * 200 + heures_centiemes) / (2 * heures_centiemes)) AS minimum_centimes,
    max((salaire_centimes * 200 + heures_centiemes) / (2 * heures_centiemes)) AS maximum_centimes,
    (sum(salaire_centimes) * 200 + sum(heures_centiemes)) / (2 * sum(heures_centiemes)) AS ensemble_centimes
FROM vue_contrats
WHERE heures_centiemes > 0
  AND debut_le <= :au
  AND (fin_le IS NULL OR fin_le >= :au)
  AND (:dossier IS NULL OR dossier_id = :dossier)
  AND (:employeur IS NULL OR employeur_id = :employeur)
GROUP BY emploi, categorie
ORDER BY sans_accents(emploi), categorie
