/*---
titre: Bulletins
description: >-
  Chaque version de chaque bulletin. « Compte » est Oui pour la version en vigueur (brouillon,
  validé ou à recalculer), Non pour une version remplacée. Le mois est son premier jour.
colonnes:
  bulletin_id: Numéro de bulletin
  contrat_id: Numéro de contrat
  salarie_id: Numéro de salarié
  employeur_id: Numéro d'employeur
  dossier_id: Numéro de dossier
  dossier: Dossier
  raison_sociale: Employeur
  siret: SIRET
  matricule: Matricule
  nom: Nom
  prenoms: Prénoms
  nir: NIR
  iban: IBAN
  nature_contrat: Contrat
  emploi: Emploi
  categorie: Catégorie
  annee: Année
  mois: Mois
  mois_le: Mois de paie
  numero: Version
  etat_bulletin: État du bulletin
  compte: Compte
  motif_version: Motif de la version
  calcule_le: Calculé le
  valide_le: Validé le
  valide_par: Validé par
  paye_le: Payé le
  heures_centiemes: Heures par mois
  heures_absence_centiemes: Heures d'absence
  base_centimes: Salaire de base
  absences_centimes: Retenue pour absence
  heures_sup_centimes: Heures supplémentaires
  primes_centimes: Primes
  avantages_centimes: Avantages en nature
  fin_contrat_centimes: Indemnité de fin de contrat
  conges_centimes: Indemnité de congés
  brut_centimes: Brut
  plafond_centimes: Plafond
  cotisations_salarie_centimes: Cotisations salarié
  cotisations_employeur_centimes: Cotisations employeur
  montant_net_social_centimes: Net social
  net_avant_impot_centimes: Net avant impôt
  net_imposable_centimes: Net imposable
  taux_impot_millioniemes: Taux d'impôt
  impot_centimes: Impôt (PAS)
  indemnites_centimes: Frais remboursés
  acompte_centimes: Acompte
  net_a_payer_centimes: Net à payer
  cout_employeur_centimes: Coût employeur
---*/
SELECT
    b.id AS bulletin_id,
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
    (SELECT e.siret FROM employeur e WHERE e.id = b.employeur_id) AS siret,
    (SELECT s.matricule FROM salarie s WHERE s.id = b.salarie_id) AS matricule,
    (
        SELECT CASE WHEN s.nom_usage = '' THEN s.nom_naissance ELSE s.nom_usage END
        FROM salarie s
        WHERE s.id = b.salarie_id
    ) AS nom,
    (SELECT s.prenoms FROM salarie s WHERE s.id = b.salarie_id) AS prenoms,
    (SELECT s.nir FROM salarie s WHERE s.id = b.salarie_id) AS nir,
    (SELECT s.iban FROM salarie s WHERE s.id = b.salarie_id) AS iban,
    (SELECT upper(c.nature) FROM contrat c WHERE c.id = b.contrat_id) AS nature_contrat,
    (SELECT c.emploi FROM contrat c WHERE c.id = b.contrat_id) AS emploi,
    (
        SELECT CASE c.categorie
            WHEN 'cadre' THEN 'Cadre'
            WHEN 'non_cadre' THEN 'Non-cadre'
            ELSE c.categorie
        END
        FROM contrat c
        WHERE c.id = b.contrat_id
    ) AS categorie,
    b.annee,
    b.mois,
    printf('%04d-%02d-01', b.annee, b.mois) AS mois_le,
    b.numero,
    CASE b.etat
        WHEN 'brouillon' THEN 'Brouillon'
        WHEN 'valide' THEN 'Validé'
        WHEN 'a_recalculer' THEN 'À recalculer'
        WHEN 'remplace' THEN 'Remplacé'
        ELSE b.etat
    END AS etat_bulletin,
    CASE b.etat WHEN 'remplace' THEN 'Non' ELSE 'Oui' END AS compte,
    b.motif AS motif_version,
    date(b.calcule_a) AS calcule_le,
    date(b.valide_a) AS valide_le,
    b.valide_par,
    b.paye_le,
    b.heures_centiemes,
    b.heures_absence AS heures_absence_centiemes,
    b.base_centimes,
    b.absences_centimes,
    b.heures_sup_centimes,
    b.primes_centimes,
    b.avantages_centimes,
    b.fin_contrat_centimes,
    b.conges_centimes,
    b.brut_centimes,
    b.plafond_centimes,
    b.cotisations_salarie_centimes,
    b.cotisations_employeur_centimes,
    b.montant_net_social_centimes,
    b.net_avant_impot_centimes,
    b.net_imposable_centimes,
    b.taux_impot_millioniemes,
    b.impot_centimes,
    b.indemnites_centimes,
    b.acompte_centimes,
    b.net_a_payer_centimes,
    b.cout_employeur_centimes
FROM bulletin b
