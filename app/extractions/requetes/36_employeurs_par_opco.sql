/*---
numero: 36
titre: Employeurs par OPCO
theme: OPCO
description: >-
  Pour chaque OPCO écrit dans les fiches, le nombre d'employeurs en activité et de fiches de
  salariés.
parametres:
  - {nom: dossier, libelle: Dossier de travail, type: dossier, tous: true, defaut: tous}
colonnes:
  opco: {largeur: 34}
---*/
SELECT opco, count(*) AS nombre_employeurs, sum(nombre_salaries) AS nombre_salaries
FROM vue_employeurs
WHERE archive = 'Non' AND (:dossier IS NULL OR dossier_id = :dossier)
GROUP BY opco
ORDER BY nombre_employeurs DESC, sans_accents(opco)
