/*---
titre: Organismes collecteurs
description: >-
  Les caisses de la table des organismes collecteurs, par famille, avec le nombre d'employeurs qui
  les nomment. Un texte non renseigné est vide.
colonnes:
  organisme_id: Numéro d'organisme
  famille_code: Code de famille
  famille: Famille
  organisme: Organisme
  code_dsn: Code DSN
  siren: SIREN
  voie: Adresse
  complement: Complément d'adresse
  code_postal: Code postal
  commune: Commune
  telephone: Téléphone
  courriel: Courriel
  site: Site
  archive: Archivé
  archive_le: Archivé le
  nombre_employeurs: Employeurs
---*/
SELECT
    o.id AS organisme_id,
    o.famille AS famille_code,
    CASE o.famille
        WHEN 'urssaf' THEN 'URSSAF'
        WHEN 'retraite' THEN 'Retraite complémentaire'
        WHEN 'prevoyance' THEN 'Prévoyance'
        WHEN 'mutuelle' THEN 'Mutuelle'
        WHEN 'formation' THEN 'Formation professionnelle'
        WHEN 'impots' THEN 'Centre des impôts'
        WHEN 'medecine' THEN 'Médecine du travail'
        ELSE o.famille
    END AS famille,
    o.nom AS organisme,
    o.code_dsn,
    o.siren,
    o.voie,
    o.complement,
    o.code_postal,
    o.commune,
    o.telephone,
    o.courriel,
    o.site,
    CASE WHEN o.archive_le IS NULL THEN 'Non' ELSE 'Oui' END AS archive,
    o.archive_le,
    (
        SELECT count(DISTINCT l.employeur_id) FROM organisme_employeur l
        WHERE l.organisme_id = o.id
    ) AS nombre_employeurs
FROM organisme o
