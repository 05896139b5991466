/*---
numero: 88
titre: Saisies du mois
theme: Congés et absences
description: >-
  Tout ce qui a été saisi avant le calcul des bulletins des mois choisis.
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
    mois_le,
    dossier,
    raison_sociale,
    nom,
    prenoms,
    heures_sup_25_centiemes,
    heures_sup_50_centiemes,
    heures_compl_10_centiemes,
    heures_compl_25_centiemes,
    heures_absence_centiemes,
    pris_cjours,
    primes_centimes,
    avantages_centimes,
    indemnites_centimes,
    acompte_centimes
FROM vue_saisies
WHERE annee BETWEEN CAST(substr(:du, 1, 4) AS INTEGER) AND CAST(substr(:au, 1, 4) AS INTEGER)
  AND mois_le BETWEEN date(:du, 'start of month') AND :au
  AND (:dossier IS NULL OR dossier_id = :dossier)
  AND (:employeur IS NULL OR employeur_id = :employeur)
ORDER BY mois_le, sans_accents(raison_sociale), employeur_id, sans_accents(nom),
    sans_accents(prenoms), contrat_id
