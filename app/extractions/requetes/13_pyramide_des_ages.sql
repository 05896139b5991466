/*---
numero: 13
titre: Pyramide des âges
theme: Salariés
description: >-
  Les salariés sous contrat à la date choisie, comptés par tranche d'âge, femmes et hommes.
parametres:
  - {nom: dossier, libelle: Dossier de travail, type: dossier, tous: true, defaut: tous}
  - {nom: employeur, libelle: Employeur, type: employeur, tous: true, defaut: tous}
  - {nom: au, libelle: Situation au, type: date, defaut: aujourdhui}
colonnes:
  tranche: {libelle: Tranche d'âge}
  nombre_femmes: {libelle: Femmes}
  nombre_hommes: {libelle: Hommes}
---*/
WITH presents AS (
    SELECT
        civilite,
        CAST(strftime('%Y', :au) AS INTEGER) - CAST(strftime('%Y', ne_le) AS INTEGER)
            - (strftime('%m-%d', :au) < strftime('%m-%d', ne_le)) AS ans
    FROM vue_salaries s
    WHERE (:dossier IS NULL OR dossier_id = :dossier)
  AND (:employeur IS NULL OR employeur_id = :employeur)
      AND EXISTS (
      SELECT 1
      FROM vue_contrats c
      WHERE c.salarie_id = s.salarie_id
        AND c.debut_le <= :au
        AND (c.fin_le IS NULL OR c.fin_le >= :au)
  )
)
SELECT
    CASE
        WHEN ans IS NULL THEN 'Âge inconnu'
        WHEN ans < 26 THEN 'Moins de 26 ans'
        WHEN ans < 36 THEN 'De 26 à 35 ans'
        WHEN ans < 46 THEN 'De 36 à 45 ans'
        WHEN ans < 56 THEN 'De 46 à 55 ans'
        ELSE '56 ans et plus'
    END AS tranche,
    sum(civilite = 'Madame') AS nombre_femmes,
    sum(civilite = 'Monsieur') AS nombre_hommes,
    count(*) AS nombre_salaries
FROM presents
GROUP BY tranche
ORDER BY min(coalesce(ans, 999))
