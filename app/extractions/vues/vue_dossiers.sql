/*---
titre: Dossiers
description: Les dossiers de travail du tiers.
colonnes:
  dossier_id: Numéro de dossier
  dossier: Dossier
  note: Note
  archive: Archivé
  archive_le: Archivé le
  nombre_employeurs: Employeurs
---*/
SELECT
    d.id AS dossier_id,
    d.nom AS dossier,
    d.note,
    CASE WHEN d.archive_le IS NULL THEN 'Non' ELSE 'Oui' END AS archive,
    d.archive_le,
    (SELECT count(*) FROM employeur e WHERE e.dossier_id = d.id) AS nombre_employeurs
FROM dossier d
