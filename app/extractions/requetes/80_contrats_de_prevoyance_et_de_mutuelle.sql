/*---
numero: 80
titre: Contrats de prévoyance et de mutuelle
theme: Prévoyance
description: >-
  Les contrats de prévoyance, de complémentaire santé et de retraite supplémentaire en cours à
  la date choisie, avec leur caisse et le nombre de salariés rattachés.
parametres:
  - {nom: dossier, libelle: Dossier de travail, type: dossier, tous: true, defaut: tous}
  - {nom: employeur, libelle: Employeur, type: employeur, tous: true, defaut: tous}
  - {nom: au, libelle: Situation au, type: date, defaut: aujourdhui}
  - nom: garantie
    libelle: Garantie
    type: choix
    choix:
      toutes: Toutes
      prevoyance: Prévoyance
      sante: Complémentaire santé
      retraite_sup: Retraite supplémentaire
    defaut: toutes
colonnes:
  dossier: {largeur: 18}
  raison_sociale: {largeur: 34}
  organisme: {largeur: 34}
  garantie: {largeur: 24}
---*/
SELECT
    dossier,
    raison_sociale,
    garantie,
    genre,
    organisme,
    reference_contrat,
    contrat_prevoyance,
    population,
    debut_le,
    fin_le,
    nombre_rattaches
FROM vue_prevoyance
WHERE debut_le <= :au
  AND (fin_le IS NULL OR fin_le >= :au)
  AND (:garantie = 'toutes' OR garantie_code = :garantie)
  AND (:dossier IS NULL OR dossier_id = :dossier)
  AND (:employeur IS NULL OR employeur_id = :employeur)
ORDER BY sans_accents(raison_sociale), employeur_id, garantie, contrat_prevoyance_id
