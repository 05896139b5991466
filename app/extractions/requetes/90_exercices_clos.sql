/*---
numero: 90
titre: Exercices clos
theme: Clôtures
description: >-
  Les années closes, par qui et quand, avec le nombre de bulletins de l'année.
parametres:
  - {nom: dossier, libelle: Dossier de travail, type: dossier, tous: true, defaut: tous}
  - {nom: employeur, libelle: Employeur, type: employeur, tous: true, defaut: tous}
colonnes:
  nombre_bulletins: {libelle: Bulletins}
  dossier: {largeur: 18}
  raison_sociale: {largeur: 34}
---*/
WITH comptes AS (
    SELECT employeur_id, annee, count(*) AS nombre
    FROM vue_bulletins
    WHERE annee IN (SELECT annee FROM vue_exercices_clos) AND compte = 'Oui'
    GROUP BY employeur_id, annee
)
SELECT
    x.dossier,
    x.raison_sociale,
    x.annee,
    x.clos_le,
    x.clos_par,
    coalesce(n.nombre, 0) AS nombre_bulletins
FROM vue_exercices_clos x
LEFT JOIN comptes n ON n.employeur_id = x.employeur_id AND n.annee = x.annee
WHERE (:dossier IS NULL OR x.dossier_id = :dossier)
  AND (:employeur IS NULL OR x.employeur_id = :employeur)
ORDER BY sans_accents(x.raison_sociale), x.employeur_id, x.annee
