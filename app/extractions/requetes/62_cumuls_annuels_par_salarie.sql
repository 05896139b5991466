/*---
numero: 62
titre: Cumuls annuels par salarié
theme: Bulletins
description: >-
  Pour chaque salarié, la somme des bulletins de l'année : heures, brut, cotisations, net
  social, net imposable, impôt, net à payer.
parametres:
  - {nom: dossier, libelle: Dossier de travail, type: dossier, tous: true, defaut: tous}
  - {nom: employeur, libelle: Employeur, type: employeur, tous: true, defaut: tous}
  - {nom: annee, libelle: Année, type: annee, defaut: annee}
colonnes:
  heures_centiemes: {libelle: Heures payées}
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
    sum(heures_centiemes) AS heures_centiemes,
    sum(brut_centimes) AS brut_centimes,
    sum(cotisations_salarie_centimes) AS cotisations_salarie_centimes,
    sum(montant_net_social_centimes) AS montant_net_social_centimes,
    sum(net_imposable_centimes) AS net_imposable_centimes,
    sum(impot_centimes) AS impot_centimes,
    sum(net_a_payer_centimes) AS net_a_payer_centimes
FROM vue_bulletins
WHERE annee = :annee
  AND compte = 'Oui'
  AND (:dossier IS NULL OR dossier_id = :dossier)
  AND (:employeur IS NULL OR employeur_id = :employeur)
GROUP BY salarie_id
ORDER BY sans_accents(raison_sociale), employeur_id, sans_accents(nom), sans_accents(prenoms),
    salarie_id
