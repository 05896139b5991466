/*---
numero: 12
titre: Ancienneté des salariés
theme: Salariés
description: >-
  Les salariés sous contrat à la date choisie, avec le premier jour de leur premier contrat chez
  l'employeur et le nombre d'années révolues depuis, même s'il y a eu des interruptions.
parametres:
  - {nom: dossier, libelle: Dossier de travail, type: dossier, tous: true, defaut: tous}
  - {nom: employeur, libelle: Employeur, type: employeur, tous: true, defaut: tous}
  - {nom: au, libelle: Situation au, type: date, defaut: aujourdhui}
  - {nom: annees, libelle: Années au moins, type: entier, defaut: 0}
colonnes:
  entree_le: {libelle: Entrée}
  nombre_annees: {libelle: Années d'ancienneté, type: numero}
  dossier: {largeur: 18}
  raison_sociale: {largeur: 34}
  nom: {largeur: 18}
  prenoms: {largeur: 16}
  emploi: {largeur: 26}
---*/
WITH premiers AS (
    SELECT salarie_id, min(debut_le) AS entree_le FROM vue_contrats GROUP BY salarie_id
)
SELECT
    c.dossier,
    c.raison_sociale,
    c.nom,
    c.prenoms,
    c.emploi,
    p.entree_le,
    CAST(strftime('%Y', :au) AS INTEGER) - CAST(strftime('%Y', p.entree_le) AS INTEGER)
        - (strftime('%m-%d', :au) < strftime('%m-%d', p.entree_le)) AS nombre_annees
FROM vue_contrats c
JOIN premiers p ON p.salarie_id = c.salarie_id
WHERE c.debut_le <= :au
  AND (c.fin_le IS NULL OR c.fin_le >= :au)
  AND (:dossier IS NULL OR dossier_id = :dossier)
  AND (:employeur IS NULL OR employeur_id = :employeur)
  AND CAST(strftime('%Y', :au) AS INTEGER) - CAST(strftime('%Y', p.entree_le) AS INTEGER)
      - (strftime('%m-%d', :au) < strftime('%m-%d', p.entree_le)) >= :annees
ORDER BY p.entree_le, sans_accents(c.nom), sans_accents(c.prenoms), c.contrat_id
