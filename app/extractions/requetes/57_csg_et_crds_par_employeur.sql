/*---
numero: 57
titre: CSG et CRDS par employeur
theme: Cotisations
description: >-
  La CSG et la CRDS retenues, déductibles ou non de l'impôt sur le revenu, par employeur et par
  mois.
parametres:
  - {nom: dossier, libelle: Dossier de travail, type: dossier, tous: true, defaut: tous}
  - {nom: employeur, libelle: Employeur, type: employeur, tous: true, defaut: tous}
  - {nom: du, libelle: Paie du, type: date, defaut: debut_mois, aide: un jour du premier mois}
  - {nom: au, libelle: jusqu'au, type: date, apres: du, defaut: fin_mois, aide: un jour du dernier mois}
colonnes:
  assiette_centimes: {libelle: Base}
  dossier: {largeur: 18}
  raison_sociale: {largeur: 34}
  cotisation: {largeur: 44}
---*/
SELECT
    mois_le,
    dossier,
    raison_sociale,
    cotisation,
    nombre_bulletins,
    assiette_centimes,
    montant_salarial_centimes
FROM vue_cotisations
WHERE annee BETWEEN CAST(substr(:du, 1, 4) AS INTEGER) AND CAST(substr(:au, 1, 4) AS INTEGER)
  AND mois_le BETWEEN date(:du, 'start of month') AND :au
  AND code_cotisation LIKE 'csg%'
  AND (:dossier IS NULL OR dossier_id = :dossier)
  AND (:employeur IS NULL OR employeur_id = :employeur)
ORDER BY mois_le, sans_accents(raison_sociale), employeur_id, code_cotisation, cotisation
