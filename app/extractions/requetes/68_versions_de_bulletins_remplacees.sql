/*---
numero: 68
titre: Versions de bulletins remplacées
theme: Bulletins
description: >-
  Les versions de bulletins qui ne comptent plus, avec leur motif, et la version en vigueur du
  même mois : net à payer avant et après.
parametres:
  - {nom: dossier, libelle: Dossier de travail, type: dossier, tous: true, defaut: tous}
  - {nom: employeur, libelle: Employeur, type: employeur, tous: true, defaut: tous}
  - {nom: du, libelle: Paie du, type: date, defaut: debut_annee, aide: un jour du premier mois}
  - {nom: au, libelle: jusqu'au, type: date, apres: du, defaut: fin_mois, aide: un jour du dernier mois}
colonnes:
  numero: {libelle: Version remplacée}
  motif_version: {largeur: 30}
  avant_centimes: {libelle: Net avant}
  version_numero: {libelle: Version en vigueur}
  apres_centimes: {libelle: Net après}
  ecart_centimes: {libelle: Écart}
  dossier: {largeur: 18}
  raison_sociale: {largeur: 34}
  nom: {largeur: 18}
  prenoms: {largeur: 16}
---*/
SELECT
    a.mois_le,
    a.dossier,
    a.raison_sociale,
    a.nom,
    a.prenoms,
    a.numero,
    a.motif_version,
    a.net_a_payer_centimes AS avant_centimes,
    b.numero AS version_numero,
    b.net_a_payer_centimes AS apres_centimes,
    b.net_a_payer_centimes - a.net_a_payer_centimes AS ecart_centimes
FROM vue_bulletins a
CROSS JOIN vue_bulletins b
    ON b.contrat_id = a.contrat_id
    AND b.employeur_id = a.employeur_id
    AND b.annee = a.annee
    AND b.mois = a.mois
    AND b.compte = 'Oui'
WHERE a.annee BETWEEN CAST(substr(:du, 1, 4) AS INTEGER) AND CAST(substr(:au, 1, 4) AS INTEGER)
  AND a.mois_le BETWEEN date(:du, 'start of month') AND :au
  AND a.compte = 'Non'
  AND (:dossier IS NULL OR a.dossier_id = :dossier)
  AND (:employeur IS NULL OR a.employeur_id = :employeur)
ORDER BY a.mois_le, sans_accents(a.raison_sociale), a.employeur_id, sans_accents(a.nom),
    a.bulletin_id
