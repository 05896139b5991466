/*---
numero: 71
titre: Masse salariale annuelle
theme: Masse salariale
description: >-
  Le brut et le coût de chaque employeur sur l'année, le nombre de salariés payés et le coût
  moyen d'un bulletin.
parametres:
  - {nom: dossier, libelle: Dossier de travail, type: dossier, tous: true, defaut: tous}
  - {nom: annee, libelle: Année, type: annee, defaut: annee}
colonnes:
  moyen_centimes: {libelle: Coût moyen}
  dossier: {largeur: 18}
  raison_sociale: {largeur: 34}
---*/
SELECT
    dossier,
    raison_sociale,
    count(DISTINCT salarie_id) AS nombre_salaries,
    count(*) AS nombre_bulletins,
    sum(brut_centimes) AS brut_centimes,
    sum(cotisations_employeur_centimes) AS cotisations_employeur_centimes,
    sum(cout_employeur_centimes) AS cout_employeur_centimes,
    (sum(cout_employeur_centimes) * 2 + count(*)) / (2 * count(*)) AS moyen_centimes
FROM vue_bulletins
WHERE annee = :annee
  AND compte = 'Oui'
  AND (:dossier IS NULL OR dossier_id = :dossier)
GROUP BY employeur_id
ORDER BY sans_accents(raison_sociale), employeur_id
