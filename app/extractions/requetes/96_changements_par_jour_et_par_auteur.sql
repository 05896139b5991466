/*---
numero: 96
titre: Changements par jour et par auteur
theme: Journal
description: >-
  Le nombre de créations, de modifications et de suppressions, par jour, par auteur et par sorte
  de fiche.
parametres:
  - {nom: du, libelle: Du, type: date, defaut: debut_mois}
  - {nom: au, libelle: Au, type: date, apres: du, defaut: aujourdhui}
colonnes:
  nombre_creations: {libelle: Créations}
  nombre_modifications: {libelle: Modifications}
  nombre_suppressions: {libelle: Suppressions}
  nombre_changements: {libelle: Changements}
---*/
SELECT
    fait_le,
    fait_par,
    fiche,
    sum(action = 'Création') AS nombre_creations,
    sum(action = 'Modification') AS nombre_modifications,
    sum(action = 'Suppression') AS nombre_suppressions,
    count(*) AS nombre_changements
FROM vue_journal
WHERE moment >= :du AND moment < date(:au, '+1 day')
GROUP BY fait_le, fait_par, fiche
ORDER BY fait_le, fait_par, fiche
