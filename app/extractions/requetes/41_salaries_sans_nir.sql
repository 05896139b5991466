/*---
numero: 41
titre: Salariés sans NIR
theme: Contrôles
description: >-
  Les salariés en activité dont le numéro de sécurité sociale n'est pas saisi, avec ce qui
  permet de le demander : date et lieu de naissance, courriel, téléphone.
parametres:
  - {nom: dossier, libelle: Dossier de travail, type: dossier, tous: true, defaut: tous}
  - {nom: employeur, libelle: Employeur, type: employeur, tous: true, defaut: tous}
colonnes:
  dossier: {largeur: 18}
  raison_sociale: {largeur: 34}
  nom: {largeur: 18}
  prenoms: {largeur: 16}
---*/
SELECT dossier, raison_sociale, nom, prenoms, ne_le, ne_a, courriel, telephone, nombre_contrats
FROM vue_salaries
WHERE archive = 'Non' AND nir = ''
  AND (:dossier IS NULL OR dossier_id = :dossier)
  AND (:employeur IS NULL OR employeur_id = :employeur)
ORDER BY sans_accents(raison_sociale), employeur_id, sans_accents(nom), sans_accents(prenoms),
    salarie_id
