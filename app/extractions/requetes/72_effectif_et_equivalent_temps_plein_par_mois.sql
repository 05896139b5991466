/*---
numero: 72
titre: Effectif et équivalent temps plein par mois
theme: Masse salariale
description: >-
  Pour chaque mois de l'année, les salariés sous contrat au dernier jour du mois, dont CDI,
  femmes et hommes, et leur équivalent temps plein. Un temps plein est de 151,67 heures par mois
  ; au-delà, il compte pour un.
parametres:
  - {nom: dossier, libelle: Dossier de travail, type: dossier, tous: true, defaut: tous}
  - {nom: employeur, libelle: Employeur, type: employeur, tous: true, defaut: tous}
  - {nom: annee, libelle: Année, type: annee, defaut: annee}
colonnes:
  dossier: {largeur: 18}
  raison_sociale: {largeur: 34}
  nombre_cdi: {libelle: Dont CDI}
  nombre_femmes: {libelle: Femmes}
  nombre_hommes: {libelle: Hommes}
  effectif_cetp: {libelle: Équivalent temps plein}
---*/
WITH RECURSIVE numeros(n) AS (
    SELECT 1
    UNION ALL
    SELECT n + 1 FROM numeros WHERE n < 12
),
-- The first and the last month of the year whose last day the contract covers.
contrats AS MATERIALIZED (
    SELECT
        c.employeur_id,
        c.salarie_id,
        iif(c.debut_le < printf('%04d-01-01', :annee), 1, CAST(substr(c.debut_le, 6, 2) AS INTEGER))
            AS premier,
        iif(
            c.fin_le IS NULL OR c.fin_le >= printf('%04d-12-31', :annee),
            12,
            CAST(substr(date(c.fin_le, '+1 day'), 6, 2) AS INTEGER) - 1
        ) AS dernier,
        c.nature = 'CDI' AS cdi,
        c.heures_centiemes,
        s.civilite = 'Madame' AS femme,
        s.civilite = 'Monsieur' AS homme
    FROM vue_contrats c
    JOIN vue_salaries s ON s.salarie_id = c.salarie_id
    WHERE c.debut_le <= printf('%04d-12-31', :annee)
      AND (c.fin_le IS NULL OR c.fin_le >= printf('%04d-01-31', :annee))
      AND (:dossier IS NULL OR c.dossier_id = :dossier)
      AND (:employeur IS NULL OR c.employeur_id = :employeur)
),
presents AS (
    SELECT
        m.n,
        c.employeur_id,
        max(c.cdi) AS cdi,
        max(c.femme) AS femme,
        max(c.homme) AS homme,
        min(sum(c.heures_centiemes), 15167) AS heures
    FROM numeros m
    CROSS JOIN contrats c ON m.n BETWEEN c.premier AND c.dernier
    GROUP BY m.n, c.salarie_id
),
effectifs AS (
    SELECT
        n,
        employeur_id,
        count(*) AS salaries,
        sum(cdi) AS cdi,
        sum(femme) AS femmes,
        sum(homme) AS hommes,
        sum(heures) AS heures
    FROM presents
    GROUP BY n, employeur_id
)
SELECT
    printf('%04d-%02d-01', :annee, p.n) AS mois_le,
    e.dossier,
    e.raison_sociale,
    p.salaries AS nombre_salaries,
    p.cdi AS nombre_cdi,
    p.femmes AS nombre_femmes,
    p.hommes AS nombre_hommes,
    (p.heures * 100 + 7583) / 15167 AS effectif_cetp
FROM effectifs p
JOIN vue_employeurs e ON e.employeur_id = p.employeur_id
ORDER BY p.n, sans_accents(e.raison_sociale), p.employeur_id
