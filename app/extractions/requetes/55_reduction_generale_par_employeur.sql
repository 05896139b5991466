/*---
numero: 55
titre: Réduction générale par employeur
theme: Cotisations
description: >-
  La réduction générale des cotisations patronales, part Urssaf et part Agirc-Arrco, par
  employeur et par mois. Une réduction est négative.
parametres:
  - {nom: dossier, libelle: Dossier de travail, type: dossier, tous: true, defaut: tous}
  - {nom: employeur, libelle: Employeur, type: employeur, tous: true, defaut: tous}
  - {nom: du, libelle: Paie du, type: date, defaut: debut_mois, aide: un jour du premier mois}
  - {nom: au, libelle: jusqu'au, type: date, apres: du, defaut: fin_mois, aide: un jour du dernier mois}
colonnes:
  nombre_bulletins: {libelle: Bulletins}
  urssaf_centimes: {libelle: Part Urssaf}
  retraite_centimes: {libelle: Part Agirc-Arrco}
  total_centimes: {libelle: Total}
  dossier: {largeur: 18}
  raison_sociale: {largeur: 34}
---*/
SELECT
    mois_le,
    dossier,
    raison_sociale,
    count(DISTINCT bulletin_id) AS nombre_bulletins,
    sum(iif(code_cotisation = 'reduction_generale', montant_patronal_centimes, 0)) AS urssaf_centimes,
    sum(iif(code_cotisation = 'reduction_generale_retraite', montant_patronal_centimes, 0))
        AS retraite_centimes,
    sum(montant_patronal_centimes) AS total_centimes
FROM vue_lignes
WHERE annee BETWEEN CAST(substr(:du, 1, 4) AS INTEGER) AND CAST(substr(:au, 1, 4) AS INTEGER)
  AND mois_le BETWEEN date(:du, 'start of month') AND :au
  AND code_cotisation IN ('reduction_generale', 'reduction_generale_retraite')
  AND (:dossier IS NULL OR dossier_id = :dossier)
  AND (:employeur IS NULL OR employeur_id = :employeur)
GROUP BY annee, mois, employeur_id
ORDER BY mois_le, sans_accents(raison_sociale), employeur_id
