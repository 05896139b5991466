/*---
numero: 56
titre: Réduction générale par salarié
theme: Cotisations
description: >-
  La réduction générale de chaque salarié sur les mois choisis, avec son brut et la part du brut
  qu'elle représente. Une réduction est négative.
parametres:
  - {nom: dossier, libelle: Dossier de travail, type: dossier, tous: true, defaut: tous}
  - {nom: employeur, libelle: Employeur, type: employeur, tous: true, defaut: tous}
  - {nom: du, libelle: Paie du, type: date, defaut: debut_mois, aide: un jour du premier mois}
  - {nom: au, libelle: jusqu'au, type: date, apres: du, defaut: fin_mois, aide: un jour du dernier mois}
colonnes:
  reduction_centimes: {libelle: Réduction}
  part_millioniemes: {libelle: Part du brut}
  dossier: {largeur: 18}
  raison_sociale: {largeur: 34}
  nom: {largeur: 18}
  prenoms: {largeur: 16}
---*/
WITH reductions AS (
    SELECT bulletin_id, sum(montant_patronal_centimes) AS montant
    FROM vue_lignes
    WHERE annee BETWEEN CAST(substr(:du, 1, 4) AS INTEGER) AND CAST(substr(:au, 1, 4) AS INTEGER)
  AND mois_le BETWEEN date(:du, 'start of month') AND :au
      AND code_cotisation IN ('reduction_generale', 'reduction_generale_retraite')
    GROUP BY bulletin_id
)
SELECT
    dossier,
    raison_sociale,
    nom,
    prenoms,
    sum(brut_centimes) AS brut_centimes,
    sum(r.montant) AS reduction_centimes,
    CASE WHEN sum(brut_centimes) > 0
        THEN (-sum(r.montant) * 2000000 + sum(brut_centimes)) / (2 * sum(brut_centimes))
    END AS part_millioniemes
FROM vue_bulletins b
JOIN reductions r ON r.bulletin_id = b.bulletin_id
WHERE annee BETWEEN CAST(substr(:du, 1, 4) AS INTEGER) AND CAST(substr(:au, 1, 4) AS INTEGER)
  AND mois_le BETWEEN date(:du, 'start of month') AND :au
  AND compte = 'Oui'
  AND (:dossier IS NULL OR dossier_id = :dossier)
  AND (:employeur IS NULL OR employeur_id = :employeur)
GROUP BY salarie_id
ORDER BY sans_accents(raison_sociale), employeur_id, sans_accents(nom), sans_accents(prenoms),
    salarie_id
