/*---
numero: 23
titre: Entrées et sorties du personnel
theme: Contrats
description: >-
  Une ligne par entrée (premier jour d'un contrat) et par sortie (dernier jour d'un contrat)
  entre les deux dates, dans l'ordre des jours.
parametres:
  - {nom: dossier, libelle: Dossier de travail, type: dossier, tous: true, defaut: tous}
  - {nom: employeur, libelle: Employeur, type: employeur, tous: true, defaut: tous}
  - {nom: du, libelle: Du, type: date, defaut: debut_annee}
  - {nom: au, libelle: Au, type: date, apres: du, defaut: fin_annee}
colonnes:
  jour_le: {libelle: Jour}
  mouvement: {libelle: Mouvement, largeur: 12}
  nature: {libelle: Contrat, largeur: 10}
  dossier: {largeur: 18}
  raison_sociale: {largeur: 34}
  nom: {largeur: 18}
  prenoms: {largeur: 16}
  emploi: {largeur: 26}
---*/
WITH mouvements AS (
    SELECT contrat_id, debut_le AS jour_le, 'Entrée' AS mouvement FROM vue_contrats
    WHERE debut_le BETWEEN :du AND :au
    UNION ALL
    SELECT contrat_id, fin_le, 'Sortie' FROM vue_contrats WHERE fin_le BETWEEN :du AND :au
)
SELECT
    m.jour_le,
    m.mouvement,
    dossier,
    raison_sociale,
    nom,
    prenoms,
    nature,
    emploi,
    debut_le,
    fin_le
FROM mouvements m
JOIN vue_contrats c ON c.contrat_id = m.contrat_id
WHERE (:dossier IS NULL OR dossier_id = :dossier)
  AND (:employeur IS NULL OR employeur_id = :employeur)
ORDER BY m.jour_le, m.mouvement, sans_accents(raison_sociale), sans_accents(nom), c.contrat_id
