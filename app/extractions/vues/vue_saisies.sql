/*---
titre: Saisies du mois
description: >-
  Ce qui a été saisi pour chaque contrat et chaque mois avant le calcul du bulletin. Les heures
  de maladie font partie des heures d'absence.
colonnes:
  contrat_id: Numéro de contrat
  salarie_id: Numéro de salarié
  employeur_id: Numéro d'employeur
  dossier_id: Numéro de dossier
  dossier: Dossier
  raison_sociale: Employeur
  nom: Nom
  prenoms: Prénoms
  annee: Année
  mois: Mois
  mois_le: Mois de paie
  heures_sup_25_centiemes: Heures supplémentaires à 25 %
  heures_sup_50_centiemes: Heures supplémentaires à 50 %
  heures_compl_10_centiemes: Heures complémentaires à 10 %
  heures_compl_25_centiemes: Heures complémentaires à 25 %
  heures_absence_centiemes: Heures d'absence
  heures_maladie_centiemes: Dont heures de maladie
  pris_cjours: Congés pris (jours)
  primes_centimes: Primes
  avantages_centimes: Avantages en nature
  indemnites_centimes: Frais remboursés
  acompte_centimes: Acompte
---*/
SELECT
    m.contrat_id,
    c.salarie_id,
    s.employeur_id,
    e.dossier_id,
    d.nom AS dossier,
    e.raison_sociale,
    CASE WHEN s.nom_usage = '' THEN s.nom_naissance ELSE s.nom_usage END AS nom,
    s.prenoms,
    m.annee,
    m.mois,
    printf('%04d-%02d-01', m.annee, m.mois) AS mois_le,
    m.heures_sup_25 AS heures_sup_25_centiemes,
    m.heures_sup_50 AS heures_sup_50_centiemes,
    m.heures_compl_10 AS heures_compl_10_centiemes,
    m.heures_compl_25 AS heures_compl_25_centiemes,
    m.heures_absence AS heures_absence_centiemes,
    m.heures_maladie AS heures_maladie_centiemes,
    m.conges_pris AS pris_cjours,
    m.primes_centimes,
    m.avantages_centimes,
    m.indemnites_centimes,
    m.acompte_centimes
FROM saisie_mois m
JOIN contrat c ON c.id = m.contrat_id
JOIN salarie s ON s.id = c.salarie_id
JOIN employeur e ON e.id = s.employeur_id
JOIN dossier d ON d.id = e.dossier_id
