/*---
numero: 50
titre: Organismes des employeurs
theme: Organismes
description: >-
  La caisse de chaque employeur en activité, par nature, avec le type de régime et la référence du
  compte ou du contrat.
parametres:
  - {nom: dossier, libelle: Dossier de travail, type: dossier, tous: true, defaut: tous}
colonnes:
  dossier: {largeur: 18}
  raison_sociale: {largeur: 34}
  nature: {largeur: 24}
  regime: {largeur: 14}
  organisme: {largeur: 34}
  code_dsn: {largeur: 14}
  reference: {largeur: 18}
---*/
SELECT dossier, raison_sociale, nature, regime, organisme, code_dsn, reference, depuis_le
FROM vue_organismes_employeurs
WHERE archive = 'Non' AND (:dossier IS NULL OR dossier_id = :dossier)
ORDER BY sans_accents(raison_sociale), employeur_id, nature, ligne_id
