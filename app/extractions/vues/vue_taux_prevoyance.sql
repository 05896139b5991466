/*---
titre: Taux de prévoyance
description: >-
  Les parts salariale et patronale de chaque contrat de prévoyance, par période, par population et
  par base, avec les quatre options de la période. Les forfaits sont
  par mois. Une fin inconnue est NULL.
colonnes:
  contrat_prevoyance_id: Numéro de contrat de prévoyance
  periode_id: Numéro de période
  debut_le: Début
  fin_le: Fin
  population_taux: Population
  base: Base de calcul
  salarial_millioniemes: Taux salarial
  patronal_millioniemes: Taux patronal
  salarial_centimes: Forfait salarial
  patronal_centimes: Forfait patronal
  forfait_social: Forfait social
  csg_crds: CSG et CRDS
  deduction_po: Part ouvrière déduite du net imposable
  deduction_pp: Part patronale déduite du net imposable
---*/
SELECT
    p.contrat_id AS contrat_prevoyance_id,
    p.id AS periode_id,
    p.debut_le,
    nullif(p.fin_le, '9999-12-31') AS fin_le,
    CASE t.population
        WHEN 'tous' THEN 'Tous les salariés'
        WHEN 'cadre' THEN 'Cadres'
        WHEN 'non_cadre' THEN 'Non-cadres'
        ELSE t.population
    END AS population_taux,
    t.base,
    t.salarial_millioniemes,
    t.patronal_millioniemes,
    t.salarial_centimes,
    t.patronal_centimes,
    CASE WHEN p.forfait_social THEN 'Oui' ELSE 'Non' END AS forfait_social,
    CASE WHEN p.csg_crds THEN 'Oui' ELSE 'Non' END AS csg_crds,
    CASE WHEN p.deduction_po THEN 'Oui' ELSE 'Non' END AS deduction_po,
    CASE WHEN p.deduction_pp THEN 'Oui' ELSE 'Non' END AS deduction_pp
FROM periode_prevoyance p
LEFT JOIN taux_prevoyance t ON t.periode_id = p.id
