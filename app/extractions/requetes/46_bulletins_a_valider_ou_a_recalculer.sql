/*---
numero: 46
titre: Bulletins à valider ou à recalculer
theme: Contrôles
description: >-
  Les bulletins en brouillon ou à recalculer des mois choisis, avec le motif du recalcul s'il y
  en a un.
parametres:
  - {nom: dossier, libelle: Dossier de travail, type: dossier, tous: true, defaut: tous}
  - {nom: employeur, libelle: Employeur, type: employeur, tous: true, defaut: tous}
  - {nom: du, libelle: Paie du, type: date, defaut: debut_annee, aide: un jour du premier mois}
  - {nom: au, libelle: jusqu'au, type: date, apres: du, defaut: fin_mois, aide: un jour du dernier mois}
colonnes:
  motif_recalcul: {largeur: 44}
  dossier: {largeur: 18}
  raison_sociale: {largeur: 34}
  nom: {largeur: 18}
  prenoms: {largeur: 16}
  etat_bulletin: {largeur: 14}
---*/
SELECT
    b.mois_le,
    b.dossier,
    b.raison_sociale,
    b.nom,
    b.prenoms,
    b.etat_bulletin,
    r.motif_recalcul,
    r.signale_le,
    b.net_a_payer_centimes
FROM vue_bulletins b
LEFT JOIN vue_recalculs r ON r.bulletin_id = b.bulletin_id
WHERE annee BETWEEN CAST(substr(:du, 1, 4) AS INTEGER) AND CAST(substr(:au, 1, 4) AS INTEGER)
  AND mois_le BETWEEN date(:du, 'start of month') AND :au
  AND b.etat_bulletin IN ('Brouillon', 'À recalculer')
  AND (:dossier IS NULL OR b.dossier_id = :dossier)
  AND (:employeur IS NULL OR b.employeur_id = :employeur)
ORDER BY b.mois_le, sans_accents(b.raison_sociale), b.employeur_id, sans_accents(b.nom),
    b.bulletin_id, r.motif_recalcul
