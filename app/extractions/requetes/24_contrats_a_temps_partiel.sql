/*---
numero: 24
titre: Contrats à temps partiel
theme: Contrats
description: >-
  Les contrats en cours à la date choisie de moins de 151,67 heures par mois, avec leur quotité
  de temps de travail.
parametres:
  - {nom: dossier, libelle: Dossier de travail, type: dossier, tous: true, defaut: tous}
  - {nom: employeur, libelle: Employeur, type: employeur, tous: true, defaut: tous}
  - {nom: au, libelle: Situation au, type: date, defaut: aujourdhui}
colonnes:
  quotite_millioniemes: {libelle: Quotité}
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
    emploi,
    heures_centiemes,
    (heures_centiemes * 1000000 + 7583) / 15167 AS quotite_millioniemes,
    salaire_centimes
FROM vue_contrats
WHERE heures_centiemes < 15167
  AND debut_le <= :au
  AND (fin_le IS NULL OR fin_le >= :au)
  AND (:dossier IS NULL OR dossier_id = :dossier)
  AND (:employeur IS NULL OR employeur_id = :employeur)
ORDER BY sans_accents(raison_sociale), employeur_id, sans_accents(nom), sans_accents(prenoms),
    contrat_id
