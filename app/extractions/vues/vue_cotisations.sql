/*---
titre: Cotisations par mois
description: >-
  Les cotisations de chaque employeur, additionnées par mois, par organisme qui les reçoit et par
  cotisation, sur les bulletins en vigueur.
colonnes:
  employeur_id: Numéro d'employeur
  dossier_id: Numéro de dossier
  dossier: Dossier
  raison_sociale: Employeur
  annee: Année
  mois: Mois
  mois_le: Mois de paie
  destinataire: Destinataire
  code_cotisation: Code
  cotisation: Cotisation
  nombre_bulletins: Bulletins
  assiette_centimes: Base
  montant_salarial_centimes: Part salariale
  montant_patronal_centimes: Part patronale
  montant_total_centimes: Total
---*/
SELECT
    b.employeur_id,
    (SELECT e.dossier_id FROM employeur e WHERE e.id = b.employeur_id) AS dossier_id,
    (
        SELECT d.nom
        FROM employeur e JOIN dossier d ON d.id = e.dossier_id
        WHERE e.id = b.employeur_id
    ) AS dossier,
    (SELECT e.raison_sociale FROM employeur e WHERE e.id = b.employeur_id) AS raison_sociale,
    b.annee,
    b.mois,
    printf('%04d-%02d-01', b.annee, b.mois) AS mois_le,
    CASE l.organisme
        WHEN 'urssaf' THEN 'Urssaf'
        WHEN 'agirc_arrco' THEN 'Agirc-Arrco'
        WHEN 'prevoyance' THEN 'Prévoyance'
        WHEN 'mutuelle' THEN 'Complémentaire santé'
        WHEN 'afdas' THEN 'Afdas'
        WHEN 'action_logement' THEN 'Action logement'
        ELSE l.organisme
    END AS destinataire,
    l.code AS code_cotisation,
    l.libelle AS cotisation,
    count(DISTINCT b.id) AS nombre_bulletins,
    sum(l.assiette_centimes) AS assiette_centimes,
    sum(l.montant_salarial_centimes) AS montant_salarial_centimes,
    sum(l.montant_patronal_centimes) AS montant_patronal_centimes,
    sum(l.montant_salarial_centimes + l.montant_patronal_centimes) AS montant_total_centimes
FROM bulletin b
JOIN ligne_bulletin l ON l.bulletin_id = b.id
WHERE b.etat <> 'remplace'
GROUP BY b.annee, b.mois, b.employeur_id, l.organisme, l.code, l.libelle
