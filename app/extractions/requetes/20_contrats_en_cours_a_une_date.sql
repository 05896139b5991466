/*---
numero: 20
titre: Contrats de travail en cours à une date
theme: Contrats
description: Les contrats de travail qui courent à la date choisie, ce jour compris.
parametres:
  - {nom: dossier, libelle: Dossier de travail, type: dossier, tous: true, defaut: tous}
  - {nom: employeur, libelle: Employeur, type: employeur, tous: true, defaut: tous}
  - {nom: au, libelle: En cours au, type: date, defaut: aujourdhui}
  - nom: nature
    libelle: Nature du contrat
    type: choix
    choix: {tous: CDI et CDD, CDI: CDI, CDD: CDD}
    defaut: tous
  - nom: salaire
    libelle: Salaire brut d'au moins
    type: montant
    obligatoire: false
    aide: vide pour tous
colonnes:
  dossier: {largeur: 18}
  raison_sociale: {largeur: 34}
  nature: {largeur: 10}
  emploi: {largeur: 26}
  categorie: {largeur: 12}
  archive: {libelle: Salarié archivé, largeur: 10}
---*/
SELECT
    dossier,
    raison_sociale,
    nom,
    prenoms,
    nature,
    emploi,
    categorie,
    classification,
    debut_le,
    fin_le,
    motif,
    heures_centiemes,
    salaire_centimes,
    taux_pas_millioniemes,
    archive
FROM vue_contrats
WHERE debut_le <= :au
  AND (fin_le IS NULL OR fin_le >= :au)
  AND (:dossier IS NULL OR dossier_id = :dossier)
  AND (:employeur IS NULL OR employeur_id = :employeur)
  AND (:nature = 'tous' OR nature = :nature)
  AND (:salaire IS NULL OR salaire_centimes >= :salaire)
ORDER BY sans_accents(raison_sociale), employeur_id, sans_accents(nom), sans_accents(prenoms), debut_le, contrat_id
