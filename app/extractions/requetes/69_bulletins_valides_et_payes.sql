/*---
numero: 69
titre: Bulletins validés et payés
theme: Bulletins
description: >-
  Qui a validé chaque bulletin des mois choisis, quand, et le jour de son paiement.
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
  etat_bulletin: {largeur: 14}
---*/
SELECT
    mois_le,
    dossier,
    raison_sociale,
    nom,
    prenoms,
    numero,
    etat_bulletin,
    calcule_le,
    valide_le,
    valide_par,
    paye_le,
    net_a_payer_centimes
FROM vue_bulletins
WHERE annee BETWEEN CAST(substr(:du, 1, 4) AS INTEGER) AND CAST(substr(:au, 1, 4) AS INTEGER)
  AND mois_le BETWEEN date(:du, 'start of month') AND :au
  AND compte = 'Oui'
  AND valide_le IS NOT NULL
  AND (:dossier IS NULL OR dossier_id = :dossier)
  AND (:employeur IS NULL OR employeur_id = :employeur)
ORDER BY mois_le, sans_accents(raison_sociale), employeur_id, sans_accents(nom),
    sans_accents(prenoms), bulletin_id
