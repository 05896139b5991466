/*---
numero: 2
titre: Employeurs par convention collective
theme: Employeurs
description: >-
  Pour chaque convention collective, le nombre d'employeurs en activité et de fiches de
  salariés.
parametres:
  - {nom: dossier, libelle: Dossier de travail, type: dossier, tous: true, defaut: tous}
colonnes:
  idcc: {largeur: 8}
  convention: {largeur: 44}
---*/
SELECT
    e.idcc,
    c.convention,
    count(*) AS nombre_employeurs,
    sum(e.nombre_salaries) AS nombre_salaries
FROM vue_employeurs e
LEFT JOIN vue_conventions c ON c.idcc = e.idcc
WHERE e.archive = 'Non' AND (:dossier IS NULL OR dossier_id = :dossier)
GROUP BY e.idcc, c.convention
ORDER BY nombre_employeurs DESC, e.idcc
