/*---
numero: 82
titre: Salariés sans prévoyance ou sans mutuelle
theme: Prévoyance
description: >-
  Les contrats de travail en cours à la date choisie qui ne sont rattachés à aucun contrat de la
  garantie choisie.
parametres:
  - {nom: dossier, libelle: Dossier de travail, type: dossier, tous: true, defaut: tous}
  - {nom: employeur, libelle: Employeur, type: employeur, tous: true, defaut: tous}
  - {nom: au, libelle: Situation au, type: date, defaut: aujourdhui}
  - nom: garantie
    libelle: Garantie
    type: choix
    choix: {prevoyance: Prévoyance, sante: Complémentaire santé}
    defaut: sante
colonnes:
  nature_contrat: {libelle: Contrat, largeur: 10}
  dossier: {largeur: 18}
  raison_sociale: {largeur: 34}
  nom: {largeur: 18}
  prenoms: {largeur: 16}
  emploi: {largeur: 26}
  categorie: {largeur: 12}
---*/
SELECT
    c.dossier,
    c.raison_sociale,
    c.nom,
    c.prenoms,
    c.nature AS nature_contrat,
    c.categorie,
    c.emploi,
    c.debut_le
FROM vue_contrats c
WHERE c.debut_le <= :au
  AND (c.fin_le IS NULL OR c.fin_le >= :au)
  AND (:dossier IS NULL OR c.dossier_id = :dossier)
  AND (:employeur IS NULL OR c.employeur_id = :employeur)
  AND NOT EXISTS (
      SELECT 1
      FROM vue_rattachements r
      WHERE r.contrat_id = c.contrat_id
        AND r.garantie_code = :garantie
        AND r.debut_le <= :au
        AND (r.fin_le IS NULL OR r.fin_le >= :au)
  )
ORDER BY sans_accents(c.raison_sociale), c.employeur_id, sans_accents(c.nom), c.contrat_id
