/*---
numero: 84
titre: Taux des contrats de prévoyance
theme: Prévoyance
description: >-
  Les taux et les forfaits des contrats de prévoyance en vigueur à la date choisie, avec les
  quatre options de leur période.
parametres:
  - {nom: dossier, libelle: Dossier de travail, type: dossier, tous: true, defaut: tous}
  - {nom: employeur, libelle: Employeur, type: employeur, tous: true, defaut: tous}
  - {nom: au, libelle: Situation au, type: date, defaut: aujourdhui}
colonnes:
  base: {largeur: 12}
  population_taux: {largeur: 18}
  dossier: {largeur: 18}
  raison_sociale: {largeur: 34}
  garantie: {largeur: 24}
---*/
SELECT
    p.dossier,
    p.raison_sociale,
    p.garantie,
    p.reference_contrat,
    t.debut_le,
    t.fin_le,
    t.population_taux,
    t.base,
    t.salarial_millioniemes,
    t.patronal_millioniemes,
    t.salarial_centimes,
    t.patronal_centimes,
    t.forfait_social,
    t.csg_crds,
    t.deduction_po,
    t.deduction_pp
FROM vue_prevoyance p
JOIN vue_taux_prevoyance t ON t.contrat_prevoyance_id = p.contrat_prevoyance_id
WHERE t.debut_le <= :au
  AND (t.fin_le IS NULL OR t.fin_le >= :au)
  AND (:dossier IS NULL OR p.dossier_id = :dossier)
  AND (:employeur IS NULL OR p.employeur_id = :employeur)
ORDER BY sans_accents(p.raison_sociale), p.employeur_id, p.contrat_prevoyance_id,
    t.population_taux, t.base
