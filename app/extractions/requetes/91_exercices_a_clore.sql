/*---
numero: 91
titre: Exercices à clore
theme: Clôtures
description: >-
  Les employeurs dont l'année choisie a des bulletins et n'est pas close, avec ce qui reste à
  valider ou à recalculer.
parametres:
  - {nom: dossier, libelle: Dossier de travail, type: dossier, tous: true, defaut: tous}
  - {nom: annee, libelle: Année, type: annee, defaut: annee}
colonnes:
  nombre_brouillons: {libelle: Brouillons}
  nombre_a_recalculer: {libelle: À recalculer}
  dossier: {largeur: 18}
  raison_sociale: {largeur: 34}
---*/
SELECT
    b.dossier,
    b.raison_sociale,
    b.annee,
    count(*) AS nombre_bulletins,
    sum(b.etat_bulletin = 'Brouillon') AS nombre_brouillons,
    sum(b.etat_bulletin = 'À recalculer') AS nombre_a_recalculer
FROM vue_bulletins b
WHERE b.annee = :annee
  AND b.compte = 'Oui'
  AND (:dossier IS NULL OR b.dossier_id = :dossier)
  AND NOT EXISTS (
      SELECT 1
      FROM vue_exercices_clos x
      WHERE x.employeur_id = b.employeur_id AND x.annee = b.annee
  )
GROUP BY b.employeur_id
ORDER BY sans_accents(b.raison_sociale), b.employeur_id
