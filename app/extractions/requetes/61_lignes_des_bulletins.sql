/*---
numero: 61
titre: Lignes des bulletins
theme: Bulletins
description: >-
  Toutes les lignes de cotisation des bulletins des mois choisis : base, taux et montant de
  chaque part.
parametres:
  - {nom: dossier, libelle: Dossier de travail, type: dossier, tous: true, defaut: tous}
  - {nom: employeur, libelle: Employeur, type: employeur, tous: true, defaut: tous}
  - {nom: du, libelle: Paie du, type: date, defaut: debut_mois, aide: un jour du premier mois}
  - {nom: au, libelle: jusqu'au, type: date, apres: du, defaut: fin_mois, aide: un jour du dernier mois}
colonnes:
  rubrique: {largeur: 22}
  dossier: {largeur: 18}
  raison_sociale: {largeur: 34}
  nom: {largeur: 18}
  prenoms: {largeur: 16}
  cotisation: {largeur: 44}
  destinataire: {largeur: 22}
---*/
SELECT
    mois_le,
    dossier,
    raison_sociale,
    nom,
    prenoms,
    rubrique,
    cotisation,
    destinataire,
    assiette_centimes,
    taux_salarial_millioniemes,
    montant_salarial_centimes,
    taux_patronal_millioniemes,
    montant_patronal_centimes
FROM vue_lignes
WHERE annee BETWEEN CAST(substr(:du, 1, 4) AS INTEGER) AND CAST(substr(:au, 1, 4) AS INTEGER)
  AND mois_le BETWEEN date(:du, 'start of month') AND :au
  AND (:dossier IS NULL OR dossier_id = :dossier)
  AND (:employeur IS NULL OR employeur_id = :employeur)
ORDER BY mois_le, sans_accents(raison_sociale), employeur_id, sans_accents(nom),
    sans_accents(prenoms), bulletin_id, rang, ligne_id
