/*---
numero: 85
titre: Soldes de congés payés
theme: Congés et absences
description: >-
  Les soldes de congés de chaque contrat à la fin du mois, des périodes antérieures (N-1) et de
  la période en cours (N), en jours ouvrables.
parametres:
  - {nom: dossier, libelle: Dossier de travail, type: dossier, tous: true, defaut: tous}
  - {nom: employeur, libelle: Employeur, type: employeur, tous: true, defaut: tous}
  - {nom: au, libelle: Un jour du mois, type: date, defaut: aujourdhui}
  - {nom: jours, libelle: Solde d'au moins (jours), type: entier, defaut: 0}
colonnes:
  dossier: {largeur: 18}
  raison_sociale: {largeur: 34}
  nom: {largeur: 18}
  prenoms: {largeur: 16}
---*/
SELECT
    dossier,
    raison_sociale,
    nom,
    prenoms,
    acquis_cjours,
    pris_cjours,
    solde_anterieur_cjours,
    solde_en_cours_cjours,
    solde_total_cjours
FROM vue_conges
WHERE annee = CAST(substr(:au, 1, 4) AS INTEGER)
  AND mois = CAST(substr(:au, 6, 2) AS INTEGER)
  AND solde_total_cjours >= 100 * :jours
  AND (:dossier IS NULL OR dossier_id = :dossier)
  AND (:employeur IS NULL OR employeur_id = :employeur)
ORDER BY sans_accents(raison_sociale), employeur_id, sans_accents(nom), sans_accents(prenoms),
    bulletin_id
