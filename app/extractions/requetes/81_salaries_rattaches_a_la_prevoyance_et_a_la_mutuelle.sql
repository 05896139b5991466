/*---
numero: 81
titre: Salariés rattachés à la prévoyance et à la mutuelle
theme: Prévoyance
description: >-
  Les salariés rattachés, à la date choisie, à un contrat de prévoyance, de complémentaire santé
  ou de retraite supplémentaire.
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
  nom: {largeur: 18}
  prenoms: {largeur: 16}
  organisme: {largeur: 34}
  garantie: {largeur: 24}
---*/
SELECT
    dossier,
    raison_sociale,
    nom,
    prenoms,
    garantie,
    organisme,
    reference_contrat,
    debut_le,
    fin_le
FROM vue_rattachements
WHERE debut_le <= :au
  AND (fin_le IS NULL OR fin_le >= :au)
  AND (:garantie = 'toutes' OR garantie_code = :garantie)
  AND (:dossier IS NULL OR dossier_id = :dossier)
  AND (:employeur IS NULL OR employeur_id = :employeur)
ORDER BY sans_accents(raison_sociale), employeur_id, sans_accents(nom), sans_accents(prenoms),
    garantie, rattachement_id
