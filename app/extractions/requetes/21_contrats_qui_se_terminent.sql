/*---
numero: 21
titre: Contrats qui se terminent
theme: Contrats
description: >-
  Les contrats de travail dont le dernier jour tombe entre les deux dates, premier et dernier
  jour compris.
parametres:
  - {nom: dossier, libelle: Dossier de travail, type: dossier, tous: true, defaut: tous}
  - {nom: employeur, libelle: Employeur, type: employeur, tous: true, defaut: tous}
  - {nom: du, libelle: Du, type: date, defaut: aujourdhui}
  - {nom: au, libelle: Au, type: date, apres: du, defaut: fin_annee}
colonnes:
  nature: {libelle: Contrat, largeur: 10}
  dossier: {largeur: 18}
  raison_sociale: {largeur: 34}
  nom: {largeur: 18}
  prenoms: {largeur: 16}
  emploi: {largeur: 26}
---*/
SELECT
    dossier,
    raison_sociale,
    nom,
    prenoms,
    nature,
    motif,
    emploi,
    debut_le,
    fin_le,
    salaire_centimes
FROM vue_contrats
WHERE fin_le BETWEEN :du AND :au
  AND (:dossier IS NULL OR dossier_id = :dossier)
  AND (:employeur IS NULL OR employeur_id = :employeur)
ORDER BY fin_le, sans_accents(raison_sociale), sans_accents(nom), sans_accents(prenoms), contrat_id
