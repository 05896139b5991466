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
mois_de_l_an AS (
    SELECT
        printf('%04d-%02d-01', :annee, n) AS mois_le,
        date(printf('%04d-%02d-01', :annee, n), '+1 month', '-1 day') AS fin
    FROM numeros
),
presents AS (
    SELECT
        m.mois_le,
        c.employeur_id,
        c.salarie_id,
        max(c.nature = 'CDI') AS cdi,
        min(sum(c.heures_centiemes), 15167) AS heures
    FROM mois_de_l_an m
    JOIN vue_contrats c ON c.debut_le <= m.fin AND (c.fin_le IS NULL OR c.fin_le >= m.fin)
    WHERE (:dossier IS NULL OR c.dossier_id = :dossier)
      AND (:employeur IS NULL OR c.employeur_id = :employeur)
    GROUP BY m.mois_le, c.salarie_id
)
SELECT
    p.mois_le,
    s.dossier,
    s.raison_sociale,
    count(*) AS nombre_salaries,
    sum(p.cdi) AS nombre_cdi,
    sum(s.civilite = 'Madame') AS nombre_femmes,
    sum(s.civilite = 'Monsieur') AS nombre_hommes,
    (sum(p.heures) * 100 + 7583) / 15167 AS effectif_cetp
FROM presents p
JOIN vue_salaries s ON s.salarie_id = p.salarie_id
GROUP BY p.mois_le, p.employeur_id
ORDER BY p.mois_le, sans_accents(s.raison_sociale), p.employeur_id
