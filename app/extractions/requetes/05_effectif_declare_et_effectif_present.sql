/*---
numero: 5
titre: Effectif déclaré et effectif présent
theme: Employeurs
description: >-
  Pour chaque employeur en activité, l'effectif de sa fiche, le nombre de salariés présents à la
  date choisie et leur équivalent temps plein. Un temps plein est de 151,67 heures par mois ;
  au-delà, il compte pour un.
parametres:
  - {nom: dossier, libelle: Dossier de travail, type: dossier, tous: true, defaut: tous}
  - {nom: au, libelle: Situation au, type: date, defaut: aujourdhui}
colonnes:
  effectif: {libelle: Effectif de la fiche}
  nombre_presents: {libelle: Salariés présents}
  nombre_ecart: {libelle: Écart}
  presents_cetp: {libelle: Équivalent temps plein}
  dossier: {largeur: 18}
  raison_sociale: {largeur: 34}
---*/
WITH presents AS (
    SELECT
        employeur_id,
        count(DISTINCT salarie_id) AS nombre,
        sum(min(heures_centiemes, 15167)) AS heures
    FROM vue_contrats
    WHERE debut_le <= :au AND (fin_le IS NULL OR fin_le >= :au)
    GROUP BY employeur_id
)
SELECT
    e.dossier,
    e.raison_sociale,
    e.effectif,
    coalesce(p.nombre, 0) AS nombre_presents,
    coalesce(p.nombre, 0) - e.effectif AS nombre_ecart,
    (coalesce(p.heures, 0) * 100 + 7583) / 15167 AS presents_cetp
FROM vue_employeurs e
LEFT JOIN presents p ON p.employeur_id = e.employeur_id
WHERE e.archive = 'Non' AND (:dossier IS NULL OR e.dossier_id = :dossier)
ORDER BY sans_accents(e.raison_sociale), e.employeur_id
