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
-- Bulletins are put in order, a few words each, then their lines follow as they lie: the first
-- ones show at once, and no line is sorted. LIMIT keeps the order of the first part.
WITH bulletins AS MATERIALIZED (
    SELECT bulletin_id, mois_le, dossier, raison_sociale, nom, prenoms
    FROM vue_bulletins
    WHERE annee BETWEEN CAST(substr(:du, 1, 4) AS INTEGER) AND CAST(substr(:au, 1, 4) AS INTEGER)
      AND mois_le BETWEEN date(:du, 'start of month') AND :au
      AND (:dossier IS NULL OR dossier_id = :dossier)
      AND (:employeur IS NULL OR employeur_id = :employeur)
      AND compte = 'Oui'
    ORDER BY mois_le, sans_accents(raison_sociale), employeur_id, sans_accents(nom),
        sans_accents(prenoms), bulletin_id
    LIMIT -1
)
SELECT
    o.mois_le,
    o.dossier,
    o.raison_sociale,
    o.nom,
    o.prenoms,
    l.rubrique,
    l.cotisation,
    l.destinataire,
    l.assiette_centimes,
    l.taux_salarial_millioniemes,
    l.montant_salarial_centimes,
    l.taux_patronal_millioniemes,
    l.montant_patronal_centimes
FROM bulletins o
CROSS JOIN vue_lignes l ON l.bulletin_id = o.bulletin_id
