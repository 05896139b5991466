/*---
numero: 48
titre: Écarts entre les lignes et les totaux des bulletins
theme: Contrôles
description: >-
  Les bulletins dont le total des cotisations n'est pas la somme de leurs lignes. Aucune ligne
  ne doit apparaître : sinon, appelez le support.
parametres:
  - {nom: dossier, libelle: Dossier de travail, type: dossier, tous: true, defaut: tous}
  - {nom: employeur, libelle: Employeur, type: employeur, tous: true, defaut: tous}
  - {nom: du, libelle: Paie du, type: date, defaut: debut_mois, aide: un jour du premier mois}
  - {nom: au, libelle: jusqu'au, type: date, apres: du, defaut: fin_mois, aide: un jour du dernier mois}
colonnes:
  ecart_salarie_centimes: {libelle: Écart salarié}
  ecart_employeur_centimes: {libelle: Écart employeur}
  dossier: {largeur: 18}
  raison_sociale: {largeur: 34}
  nom: {largeur: 18}
  prenoms: {largeur: 16}
---*/
WITH sommes AS (
    SELECT
        bulletin_id,
        sum(montant_salarial_centimes) AS salarial,
        sum(montant_patronal_centimes) AS patronal
    FROM vue_lignes
    WHERE annee BETWEEN CAST(substr(:du, 1, 4) AS INTEGER) AND CAST(substr(:au, 1, 4) AS INTEGER)
  AND mois_le BETWEEN date(:du, 'start of month') AND :au
    GROUP BY bulletin_id
)
SELECT
    b.mois_le,
    b.dossier,
    b.raison_sociale,
    b.nom,
    b.prenoms,
    b.cotisations_salarie_centimes,
    coalesce(s.salarial, 0) - b.cotisations_salarie_centimes AS ecart_salarie_centimes,
    b.cotisations_employeur_centimes,
    coalesce(s.patronal, 0) - b.cotisations_employeur_centimes AS ecart_employeur_centimes
FROM vue_bulletins b
LEFT JOIN sommes s ON s.bulletin_id = b.bulletin_id
WHERE annee BETWEEN CAST(substr(:du, 1, 4) AS INTEGER) AND CAST(substr(:au, 1, 4) AS INTEGER)
  AND mois_le BETWEEN date(:du, 'start of month') AND :au
  AND b.compte = 'Oui'
  AND (:dossier IS NULL OR dossier_id = :dossier)
  AND (:employeur IS NULL OR employeur_id = :employeur)
  AND (
      coalesce(s.salarial, 0) <> b.cotisations_salarie_centimes
      OR coalesce(s.patronal, 0) <> b.cotisations_employeur_centimes
  )
ORDER BY b.mois_le, sans_accents(raison_sociale), employeur_id, sans_accents(nom),
    sans_accents(prenoms), b.bulletin_id
