/*---
numero: 3
titre: Employeurs par département
theme: Employeurs
description: >-
  Pour chaque département, d'après le code postal, le nombre d'employeurs en activité et de
  fiches de salariés.
parametres:
  - {nom: dossier, libelle: Dossier de travail, type: dossier, tous: true, defaut: tous}
colonnes:
  departement: {libelle: Département, type: identifiant, largeur: 13}
---*/
SELECT
    substr(code_postal, 1, iif(substr(code_postal, 1, 2) IN ('97', '98'), 3, 2)) AS departement,
    count(*) AS nombre_employeurs,
    sum(nombre_salaries) AS nombre_salaries
FROM vue_employeurs
WHERE archive = 'Non' AND (:dossier IS NULL OR dossier_id = :dossier)
GROUP BY 1
ORDER BY departement
