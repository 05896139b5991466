/*---
numero: 35
titre: Employeurs-caisse OPCO
theme: OPCO
description: >-
  Caisse OPCO de chaque employeur, avant et après la mise à jour des correspondances entre
  conventions collectives et OPCO. Les associations archivées sont comprises.
parametres:
  - {nom: dossier, libelle: Dossier de travail, type: dossier, tous: true}
  - {nom: au, libelle: Situation au, type: date, defaut: aujourdhui}
colonnes:
  dossier: {largeur: 18}
  idcc: {largeur: 8}
  raison_sociale: {largeur: 38}
  convention: {largeur: 44}
  opco_avant: {libelle: OPCO avant, largeur: 22}
  opco_apres: {libelle: OPCO après, largeur: 24}
  etat: {libelle: État, largeur: 30}
  archive: {largeur: 9}
---*/
WITH situation AS (
    SELECT
        e.dossier,
        e.employeur_id,
        e.raison_sociale,
        e.siret,
        e.idcc,
        c.convention,
        c.cloturee_le,
        e.opco AS opco_avant,
        o.opco AS opco_apres,
        o.opco_code,
        o.opco_officiel,
        c.idcc IS NOT NULL AS est_connue,
        e.archive
    FROM vue_employeurs e
    LEFT JOIN vue_conventions c ON c.idcc = e.idcc
    LEFT JOIN vue_opco o
        ON o.idcc = e.idcc AND o.debut_le <= :au AND (o.fin_le IS NULL OR o.fin_le >= :au)
    WHERE :dossier IS NULL OR e.dossier_id = :dossier
)
SELECT
    dossier,
    raison_sociale,
    siret,
    idcc,
    convention,
    opco_avant,
    coalesce(opco_apres, 'Caisse non répertoriée') AS opco_apres,
    CASE
        WHEN idcc = '' THEN 'Sans convention collective'
        WHEN opco_apres IS NULL AND NOT est_connue THEN 'Convention inconnue'
        WHEN opco_apres IS NULL AND cloturee_le <= :au THEN 'Convention close'
        WHEN opco_apres IS NULL THEN 'Caisse non répertoriée'
        WHEN opco_avant = '' THEN 'À renseigner'
        WHEN sans_accents(opco_avant) IN (
            sans_accents(opco_apres), sans_accents(opco_code), sans_accents(opco_officiel)
        ) THEN 'À jour'
        ELSE 'À mettre à jour'
    END AS etat,
    archive
FROM situation
ORDER BY sans_accents(dossier), sans_accents(raison_sociale), employeur_id
