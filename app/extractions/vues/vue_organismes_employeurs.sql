/*---
titre: Organismes des employeurs
description: >-
  Les lignes de « Identification des organismes » : la caisse de chaque employeur par nature, son
  type de régime et sa référence. Un texte non renseigné est vide.
colonnes:
  ligne_id: Numéro de ligne
  employeur_id: Numéro d'employeur
  dossier_id: Numéro de dossier
  dossier: Dossier
  raison_sociale: Employeur
  nature_code: Code de nature
  nature: Nature
  regime: Type de régime
  organisme_id: Numéro d'organisme
  organisme: Organisme
  code_dsn: Code DSN
  reference: Référence
  depuis_le: Depuis le
  archive: Archivé
---*/
SELECT
    l.id AS ligne_id,
    l.employeur_id,
    e.dossier_id,
    d.nom AS dossier,
    e.raison_sociale,
    l.nature AS nature_code,
    CASE l.nature
        WHEN 'urssaf' THEN 'URSSAF'
        WHEN 'retraite' THEN 'Retraite complémentaire'
        WHEN 'prevoyance' THEN 'Prévoyance'
        WHEN 'mutuelle' THEN 'Mutuelle'
        WHEN 'formation' THEN 'Formation professionnelle'
        WHEN 'impots' THEN 'Centre des impôts'
        WHEN 'medecine' THEN 'Médecine du travail'
        ELSE l.nature
    END AS nature,
    CASE l.regime
        WHEN 'general' THEN 'Général'
        WHEN 'alsace_moselle' THEN 'Alsace-Moselle'
        WHEN 'artiste' THEN 'Artiste'
        ELSE l.regime
    END AS regime,
    l.organisme_id,
    o.nom AS organisme,
    o.code_dsn,
    l.reference,
    l.depuis_le,
    CASE WHEN coalesce(e.archive_le, d.archive_le) IS NULL THEN 'Non' ELSE 'Oui' END AS archive
FROM organisme_employeur l
JOIN organisme o ON o.id = l.organisme_id
JOIN employeur e ON e.id = l.employeur_id
JOIN dossier d ON d.id = e.dossier_id
