/*---
titre: Lignes des bulletins
description: >-
  Les lignes de cotisation des bulletins en vigueur, dans l'ordre du bulletin : base, taux et
  montant de chaque part, organisme qui la reçoit. Une réduction est négative.
colonnes:
  ligne_id: Numéro de ligne
  bulletin_id: Numéro de bulletin
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
  etat_bulletin: État du bulletin
  rang: Rang
  code_cotisation: Code
  cotisation: Cotisation
  rubrique: Rubrique
  destinataire_code: Code du destinataire
  destinataire: Destinataire
  assiette_centimes: Base
  taux_salarial_millioniemes: Taux salarial
  montant_salarial_centimes: Part salariale
  taux_patronal_millioniemes: Taux patronal
  montant_patronal_centimes: Part patronale
  contrat_prevoyance_id: Numéro de contrat de prévoyance
---*/
SELECT
    l.id AS ligne_id,
    l.bulletin_id,
    b.contrat_id,
    b.salarie_id,
    b.employeur_id,
    (SELECT e.dossier_id FROM employeur e WHERE e.id = b.employeur_id) AS dossier_id,
    (
        SELECT d.nom
        FROM employeur e JOIN dossier d ON d.id = e.dossier_id
        WHERE e.id = b.employeur_id
    ) AS dossier,
    (SELECT e.raison_sociale FROM employeur e WHERE e.id = b.employeur_id) AS raison_sociale,
    (
        SELECT CASE WHEN s.nom_usage = '' THEN s.nom_naissance ELSE s.nom_usage END
        FROM salarie s
        WHERE s.id = b.salarie_id
    ) AS nom,
    (SELECT s.prenoms FROM salarie s WHERE s.id = b.salarie_id) AS prenoms,
    b.annee,
    b.mois,
    printf('%04d-%02d-01', b.annee, b.mois) AS mois_le,
    CASE b.etat
        WHEN 'brouillon' THEN 'Brouillon'
        WHEN 'valide' THEN 'Validé'
        WHEN 'a_recalculer' THEN 'À recalculer'
        ELSE b.etat
    END AS etat_bulletin,
    l.rang,
    +l.code AS code_cotisation, -- the plus keeps the months, not the codes, as the way in
    l.libelle AS cotisation,
    CASE l.rubrique
        WHEN 'sante' THEN 'Santé'
        WHEN 'accidents_travail' THEN 'Accidents du travail'
        WHEN 'retraite' THEN 'Retraite'
        WHEN 'famille' THEN 'Famille'
        WHEN 'chomage' THEN 'Assurance chômage'
        WHEN 'statutaires' THEN 'Cotisations statutaires'
        WHEN 'autres' THEN 'Autres contributions'
        WHEN 'csg' THEN 'CSG et CRDS'
        WHEN 'exonerations' THEN 'Exonérations'
        ELSE l.rubrique
    END AS rubrique,
    l.organisme AS destinataire_code,
    CASE l.organisme
        WHEN 'urssaf' THEN 'Urssaf'
        WHEN 'agirc_arrco' THEN 'Agirc-Arrco'
        WHEN 'prevoyance' THEN 'Prévoyance'
        WHEN 'mutuelle' THEN 'Complémentaire santé'
        WHEN 'afdas' THEN 'Afdas'
        WHEN 'action_logement' THEN 'Action logement'
        ELSE l.organisme
    END AS destinataire,
    l.assiette_centimes,
    l.taux_salarial_millioniemes,
    l.montant_salarial_centimes,
    l.taux_patronal_millioniemes,
    l.montant_patronal_centimes,
    +l.contrat_prevoyance_id AS contrat_prevoyance_id
FROM bulletin b
JOIN ligne_bulletin l ON l.bulletin_id = b.id
WHERE b.etat <> 'remplace'
