/*---
titre: Salariés rattachés à un contrat de prévoyance
description: >-
  Chaque contrat de travail rattaché à un contrat de prévoyance, premier et dernier jour compris.
  Une fin inconnue est NULL.
colonnes:
  rattachement_id: Numéro de rattachement
  contrat_prevoyance_id: Numéro de contrat de prévoyance
  contrat_id: Numéro de contrat
  salarie_id: Numéro de salarié
  employeur_id: Numéro d'employeur
  dossier_id: Numéro de dossier
  dossier: Dossier
  raison_sociale: Employeur
  nom: Nom
  prenoms: Prénoms
  garantie_code: Code de garantie
  garantie: Garantie
  organisme: Organisme
  reference_contrat: Référence du contrat
  debut_le: Début
  fin_le: Fin
---*/
SELECT
    r.id AS rattachement_id,
    r.contrat_prevoyance_id,
    r.contrat_id,
    c.salarie_id,
    s.employeur_id,
    e.dossier_id,
    d.nom AS dossier,
    e.raison_sociale,
    CASE WHEN s.nom_usage = '' THEN s.nom_naissance ELSE s.nom_usage END AS nom,
    s.prenoms,
    p.nature AS garantie_code,
    CASE p.nature
        WHEN 'prevoyance' THEN 'Prévoyance'
        WHEN 'sante' THEN 'Complémentaire santé'
        WHEN 'retraite_sup' THEN 'Retraite supplémentaire'
        ELSE p.nature
    END AS garantie,
    o.nom AS organisme,
    p.reference AS reference_contrat,
    r.debut_le,
    nullif(r.fin_le, '9999-12-31') AS fin_le
FROM rattachement r
JOIN contrat_prevoyance p ON p.id = r.contrat_prevoyance_id
JOIN organisme o ON o.id = p.organisme_id
JOIN contrat c ON c.id = r.contrat_id
JOIN salarie s ON s.id = c.salarie_id
JOIN employeur e ON e.id = s.employeur_id
JOIN dossier d ON d.id = e.dossier_id
