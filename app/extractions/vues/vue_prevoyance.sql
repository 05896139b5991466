/*---
titre: Contrats de prévoyance et de santé
description: >-
  Les contrats de prévoyance, de complémentaire santé et de retraite supplémentaire des
  employeurs, avec leur caisse. Une fin inconnue est NULL.
colonnes:
  contrat_prevoyance_id: Numéro de contrat de prévoyance
  employeur_id: Numéro d'employeur
  dossier_id: Numéro de dossier
  dossier: Dossier
  raison_sociale: Employeur
  genre: Genre
  garantie_code: Code de garantie
  garantie: Garantie
  regime_branche: Régime de branche
  organisme_id: Numéro d'organisme
  organisme: Organisme
  reference_contrat: Référence du contrat
  contrat_prevoyance: Contrat de prévoyance
  population: Population
  debut_le: Début
  fin_le: Fin
  archive: Archivé
  nombre_rattaches: Salariés rattachés
---*/
SELECT
    p.id AS contrat_prevoyance_id,
    p.employeur_id,
    e.dossier_id,
    d.nom AS dossier,
    e.raison_sociale,
    CASE p.genre WHEN 'parametree' THEN 'Régime de branche' WHEN 'autre' THEN 'Autre' ELSE p.genre END
        AS genre,
    p.nature AS garantie_code,
    CASE p.nature
        WHEN 'prevoyance' THEN 'Prévoyance'
        WHEN 'sante' THEN 'Complémentaire santé'
        WHEN 'retraite_sup' THEN 'Retraite supplémentaire'
        ELSE p.nature
    END AS garantie,
    p.regime AS regime_branche,
    p.organisme_id,
    o.nom AS organisme,
    p.reference AS reference_contrat,
    p.libelle AS contrat_prevoyance,
    CASE p.population
        WHEN 'tous' THEN 'Tous les salariés'
        WHEN 'cadre' THEN 'Cadres'
        WHEN 'non_cadre' THEN 'Non-cadres'
        ELSE p.population
    END AS population,
    p.debut_le,
    nullif(p.fin_le, '9999-12-31') AS fin_le,
    CASE WHEN coalesce(e.archive_le, d.archive_le) IS NULL THEN 'Non' ELSE 'Oui' END AS archive,
    (
        SELECT count(DISTINCT r.contrat_id) FROM rattachement r
        WHERE r.contrat_prevoyance_id = p.id
    ) AS nombre_rattaches
FROM contrat_prevoyance p
JOIN organisme o ON o.id = p.organisme_id
JOIN employeur e ON e.id = p.employeur_id
JOIN dossier d ON d.id = e.dossier_id
