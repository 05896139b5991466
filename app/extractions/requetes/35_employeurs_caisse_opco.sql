/*---
numero: 35
titre: Employeurs-caisse OPCO
theme: OPCO
description: >-
  Caisse OPCO de chaque employeur, avant et après la mise à jour des correspondances entre
  conventions collectives et OPCO, la dernière qui l'a concerné ; à défaut, celle de sa fiche
  et celle qui correspond. Les associations archivées sont comprises.
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
  appliquee_le: {libelle: Mise à jour le, largeur: 14}
  etat: {libelle: État, largeur: 30}
  archive: {largeur: 9}
---*/
WITH appliquees AS (
    SELECT employeur_id, idcc, max(application_id) AS application_id
    FROM vue_applications_opco
    WHERE objet = 'Employeur' AND annulee = 'Non' AND appliquee_le <= :au
    GROUP BY employeur_id, idcc
),
situation AS (
    SELECT
        e.dossier,
        e.employeur_id,
        e.raison_sociale,
        e.siret,
        e.idcc,
        c.convention,
        c.cloturee_le,
        e.opco,
        l.opco_avant,
        l.opco_apres,
        l.appliquee_le,
        o.opco AS attendu,
        o.opco_code,
        o.opco_officiel,
        c.idcc IS NOT NULL AS est_connue,
        e.archive
    FROM vue_employeurs e
    LEFT JOIN vue_conventions c ON c.idcc = e.idcc
    LEFT JOIN vue_opco o
        ON o.idcc = e.idcc AND o.debut_le <= :au AND (o.fin_le IS NULL OR o.fin_le >= :au)
    LEFT JOIN appliquees a ON a.employeur_id = e.employeur_id AND a.idcc = e.idcc
    LEFT JOIN vue_applications_opco l
        ON l.application_id = a.application_id
        AND l.employeur_id = e.employeur_id
        AND l.objet = 'Employeur'
    WHERE :dossier IS NULL OR e.dossier_id = :dossier
)
SELECT
    dossier,
    raison_sociale,
    siret,
    idcc,
    convention,
    coalesce(opco_avant, opco) AS opco_avant,
    coalesce(opco_apres, attendu, 'Caisse non répertoriée') AS opco_apres,
    appliquee_le,
    CASE
        WHEN idcc = '' THEN 'Sans convention collective'
        WHEN attendu IS NULL AND NOT est_connue THEN 'Convention inconnue'
        WHEN attendu IS NULL AND cloturee_le <= :au THEN 'Convention close'
        WHEN attendu IS NULL THEN 'Caisse non répertoriée'
        WHEN opco = '' THEN 'À renseigner'
        WHEN sans_accents(opco) IN (
            sans_accents(attendu), sans_accents(opco_code), sans_accents(opco_officiel)
        ) THEN 'À jour'
        ELSE 'À mettre à jour'
    END AS etat,
    archive
FROM situation
ORDER BY sans_accents(dossier), sans_accents(raison_sociale), employeur_id
