/*---
numero: 43
titre: Contrats sans taux d'impôt
theme: Contrôles
description: >-
  Les contrats en cours à la date choisie sans taux de prélèvement à la source : la grille par
  défaut s'applique.
parametres:
  - {nom: dossier, libelle: Dossier de travail, type: dossier, tous: true, defaut: tous}
  - {nom: employeur, libelle: Employeur, type: employeur, tous: true, defaut: tous}
  - {nom: au, libelle: Situation au, type: date, defaut: aujourdhui}
colonnes:
  dossier: {largeur: 18}
  raison_sociale: {largeur: 34}
  nom: {largeur: 18}
  prenoms: {largeur: 16}
  emploi: {largeur: 26}
---*/
SELECT dossier, raison_sociale, nom, prenoms, emploi, debut_le, fin_le, salaire_centimes
FROM vue_contrats
WHERE taux_pas_millioniemes IS NULL
  AND debut_le <= :au
  AND (fin_le IS NULL OR fin_le >= :au)
  AND (:dossier IS NULL OR dossier_id = :dossier)
  AND (:employeur IS NULL OR employeur_id = :employeur)
ORDER BY sans_accents(raison_sociale), employeur_id, sans_accents(nom), sans_accents(prenoms),
    contrat_id
