/*---
numero: 83
titre: Cotisations de prévoyance et de mutuelle
theme: Prévoyance
description: >-
  Ce que chaque contrat de prévoyance ou de complémentaire santé a coûté sur les mois choisis,
  part salariale et part patronale.
parametres:
  - {nom: dossier, libelle: Dossier de travail, type: dossier, tous: true, defaut: tous}
  - {nom: employeur, libelle: Employeur, type: employeur, tous: true, defaut: tous}
  - {nom: du, libelle: Paie du, type: date, defaut: debut_mois, aide: un jour du premier mois}
  - {nom: au, libelle: jusqu'au, type: date, apres: du, defaut: fin_mois, aide: un jour du dernier mois}
colonnes:
  dossier: {largeur: 18}
  raison_sociale: {largeur: 34}
  organisme: {largeur: 34}
  garantie: {largeur: 24}
---*/
SELECT
    l.dossier,
    l.raison_sociale,
    p.garantie,
    p.organisme,
    p.reference_contrat,
    count(DISTINCT l.salarie_id) AS nombre_salaries,
    sum(l.montant_salarial_centimes) AS montant_salarial_centimes,
    sum(l.montant_patronal_centimes) AS montant_patronal_centimes
FROM vue_lignes l
JOIN vue_prevoyance p ON p.contrat_prevoyance_id = l.contrat_prevoyance_id
WHERE annee BETWEEN CAST(substr(:du, 1, 4) AS INTEGER) AND CAST(substr(:au, 1, 4) AS INTEGER)
  AND mois_le BETWEEN date(:du, 'start of month') AND :au
  AND (:dossier IS NULL OR l.dossier_id = :dossier)
  AND (:employeur IS NULL OR l.employeur_id = :employeur)
GROUP BY l.employeur_id, p.contrat_prevoyance_id
ORDER BY sans_accents(l.raison_sociale), l.employeur_id, p.contrat_prevoyance_id
