/*---
titre: Contrats de travail
description: >-
  Les contrats de travail, premier et dernier jour compris. Une fin inconnue est NULL.
colonnes:
  contrat_id: Numéro de contrat
  salarie_id: Numéro de salarié
  employeur_id: Numéro d'employeur
  dossier_id: Numéro de dossier
  dossier: Dossier
  raison_sociale: Employeur
  nom: Nom
  prenoms: Prénoms
  nature: Contrat
  debut_le: Début
  fin_le: Fin
  motif: Motif du CDD
  emploi: Emploi
  categorie: Catégorie
  classification: Classification
  heures_centiemes: Heures par mois
  salaire_centimes: Salaire brut mensuel
  taux_pas_millioniemes: Taux PAS
  statut_paie: Calcul des cotisations
  archive: Archivé
---*/
SELECT
    c.id AS contrat_id,
    c.salarie_id,
    s.employeur_id,
    e.dossier_id,
    d.nom AS dossier,
    e.raison_sociale,
    CASE WHEN s.nom_usage = '' THEN s.nom_naissance ELSE s.nom_usage END AS nom,
    s.prenoms,
    upper(c.nature) AS nature,
    c.debut_le,
    nullif(c.fin_le, '9999-12-31') AS fin_le,
    CASE c.motif
        WHEN 'remplacement' THEN 'Remplacement d''un salarié absent'
        WHEN 'accroissement' THEN 'Accroissement temporaire d''activité'
        WHEN 'saisonnier' THEN 'Emploi saisonnier'
        WHEN 'usage' THEN 'CDD d''usage'
        WHEN 'cee' THEN 'Contrat d''engagement éducatif'
        WHEN 'insertion' THEN 'Contrat aidé ou d''insertion'
        ELSE c.motif
    END AS motif,
    c.emploi,
    CASE c.categorie WHEN 'cadre' THEN 'Cadre' WHEN 'non_cadre' THEN 'Non-cadre' ELSE c.categorie END
        AS categorie,
    c.classification,
    c.heures_centiemes,
    c.salaire_centimes,
    c.taux_pas_millioniemes,
    CASE c.statut_paie
        WHEN 'general' THEN 'Régime général'
        WHEN 'sport_forfait' THEN 'Sport, base forfaitaire'
        WHEN 'artiste' THEN 'Artiste du spectacle, taux réduits'
        ELSE c.statut_paie
    END AS statut_paie,
    CASE WHEN coalesce(s.archive_le, e.archive_le, d.archive_le) IS NULL THEN 'Non' ELSE 'Oui' END
        AS archive
FROM contrat c
JOIN salarie s ON s.id = c.salarie_id
JOIN employeur e ON e.id = s.employeur_id
JOIN dossier d ON d.id = e.dossier_id
