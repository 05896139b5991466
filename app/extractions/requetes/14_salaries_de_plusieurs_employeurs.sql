/*---
numero: 14
titre: Salariés de plusieurs employeurs
theme: Salariés
description: >-
  Les personnes, reconnues à leur NIR, qui ont une fiche de salarié chez plus d'un employeur.
parametres:
  - {nom: dossier, libelle: Dossier de travail, type: dossier, tous: true, defaut: tous}
colonnes:
  dossier: {largeur: 18}
  raison_sociale: {largeur: 34}
  nom: {largeur: 18}
  prenoms: {largeur: 16}
  archive: {largeur: 9}
---*/
WITH partages AS (
    SELECT nir, count(DISTINCT employeur_id) AS nombre
    FROM vue_salaries
    WHERE nir <> '' AND (:dossier IS NULL OR dossier_id = :dossier)
    GROUP BY nir
    HAVING count(DISTINCT employeur_id) > 1
)
SELECT
    s.nir,
    s.nom,
    s.prenoms,
    s.dossier,
    s.raison_sociale,
    p.nombre AS nombre_employeurs,
    s.archive
FROM vue_salaries s
JOIN partages p ON p.nir = s.nir
WHERE (:dossier IS NULL OR dossier_id = :dossier)
ORDER BY s.nir, sans_accents(s.raison_sociale), s.salarie_id
