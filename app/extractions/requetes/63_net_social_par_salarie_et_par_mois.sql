/*---
numero: 63
titre: Net social par salarié et par mois
theme: Bulletins
description: >-
  Le montant net social de chaque salarié, mois par mois, tel que ses bulletins le portent.
parametres:
  - {nom: dossier, libelle: Dossier de travail, type: dossier, tous: true, defaut: tous}
  - {nom: employeur, libelle: Employeur, type: employeur, tous: true, defaut: tous}
  - {nom: du, libelle: Paie du, type: date, defaut: debut_mois, aide: un jour du premier mois}
  - {nom: au, libelle: jusqu'au, type: date, apres: du, defaut: fin_mois, aide: un jour du dernier mois}
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
    nir,
    mois_le,
    count(*) AS nombre_bulletins,
    sum(montant_net_social_centimes) AS montant_net_social_centimes
FROM vue_bulletins
WHERE annee BETWEEN CAST(substr(:du, 1, 4) AS INTEGER) AND CAST(substr(:au, 1, 4) AS INTEGER)
  AND mois_le BETWEEN date(:du, 'start of month') AND :au
  AND compte = 'Oui'
  AND (:dossier IS NULL OR dossier_id = :dossier)
  AND (:employeur IS NULL OR employeur_id = :employeur)
GROUP BY salarie_id, annee, mois
ORDER BY sans_accents(raison_sociale), employeur_id, sans_accents(nom), sans_accents(prenoms),
    salarie_id, mois_le
