/*---
numero: 73
titre: Coût par emploi
theme: Masse salariale
description: >-
  Pour chaque emploi et chaque catégorie, le brut, les cotisations de l'employeur et le coût de
  l'année.
parametres:
  - {nom: dossier, libelle: Dossier de travail, type: dossier, tous: true, defaut: tous}
  - {nom: employeur, libelle: Employeur, type: employeur, tous: true, defaut: tous}
  - {nom: annee, libelle: Année, type: annee, defaut: annee}
colonnes:
  emploi: {largeur: 26}
  categorie: {largeur: 12}
---*/
SELECT
    emploi,
    categorie,
    count(DISTINCT salarie_id) AS nombre_salaries,
    count(*) AS nombre_bulletins,
    sum(brut_centimes) AS brut_centimes,
    sum(cotisations_employeur_centimes) AS cotisations_employeur_centimes,
    sum(cout_employeur_centimes) AS cout_employeur_centimes
FROM vue_bulletins
WHERE annee = :annee
  AND compte = 'Oui'
  AND (:dossier IS NULL OR dossier_id = :dossier)
  AND (:employeur IS NULL OR employeur_id = :employeur)
GROUP BY emploi, categorie
ORDER BY sans_accents(emploi), categorie
