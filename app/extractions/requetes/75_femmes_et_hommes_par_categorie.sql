/*---
numero: 75
titre: Femmes et hommes par catégorie
theme: Masse salariale
description: >-
  Pour les contrats en cours à la date choisie, par catégorie : le nombre de femmes et d'hommes,
  leur salaire brut moyen ramené à un temps plein de 151,67 heures.
parametres:
  - {nom: dossier, libelle: Dossier de travail, type: dossier, tous: true, defaut: tous}
  - {nom: employeur, libelle: Employeur, type: employeur, tous: true, defaut: tous}
  - {nom: au, libelle: Situation au, type: date, defaut: aujourdhui}
colonnes:
  nombre_contrats: {libelle: Contrats}
  salaire_centimes: {libelle: Salaires bruts}
  temps_plein_centimes: {libelle: Moyenne temps plein}
  categorie: {largeur: 12}
---*/
SELECT
    c.categorie,
    s.civilite,
    count(*) AS nombre_contrats,
    sum(c.heures_centiemes) AS heures_centiemes,
    sum(c.salaire_centimes) AS salaire_centimes,
    (sum(c.salaire_centimes) * 2 * 15167 + sum(c.heures_centiemes)) / (2 * sum(c.heures_centiemes))
        AS temps_plein_centimes
FROM vue_contrats c
JOIN vue_salaries s ON s.salarie_id = c.salarie_id
WHERE c.heures_centiemes > 0
  AND c.debut_le <= :au
  AND (c.fin_le IS NULL OR c.fin_le >= :au)
  AND (:dossier IS NULL OR c.dossier_id = :dossier)
  AND (:employeur IS NULL OR c.employeur_id = :employeur)
GROUP BY c.categorie, s.civilite
ORDER BY c.categorie, s.civilite
