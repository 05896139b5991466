/*---
numero: 74
titre: Base de la taxe sur les salaires
theme: Masse salariale
description: >-
  Le brut de l'année de chaque salarié, base des tranches de la taxe sur les salaires (CGI, art.
  231). La taxe elle-même, avec l'abattement des associations, se lit dans « Taxe sur les
  salaires ».
parametres:
  - {nom: dossier, libelle: Dossier de travail, type: dossier, tous: true, defaut: tous}
  - {nom: employeur, libelle: Employeur, type: employeur, tous: true, defaut: tous}
  - {nom: annee, libelle: Année, type: annee, defaut: annee}
colonnes:
  brut_centimes: {libelle: Base de la taxe}
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
    count(*) AS nombre_bulletins,
    sum(brut_centimes) AS brut_centimes
FROM vue_bulletins
WHERE annee = :annee
  AND compte = 'Oui'
  AND (:dossier IS NULL OR dossier_id = :dossier)
  AND (:employeur IS NULL OR employeur_id = :employeur)
GROUP BY employeur_id, salarie_id
ORDER BY sans_accents(raison_sociale), employeur_id, sans_accents(nom), sans_accents(prenoms),
    salarie_id
