/*---
numero: 42
titre: Employeurs sans OPCO
theme: Contrôles
description: >-
  Les employeurs en activité dont la fiche ne nomme pas d'OPCO, avec leur convention collective
  et l'OPCO qui lui correspond à la date choisie.
parametres:
  - {nom: dossier, libelle: Dossier de travail, type: dossier, tous: true, defaut: tous}
  - {nom: au, libelle: Situation au, type: date, defaut: aujourdhui}
colonnes:
  opco_propose: {libelle: OPCO correspondant, largeur: 26}
  dossier: {largeur: 18}
  raison_sociale: {largeur: 34}
  idcc: {largeur: 8}
---*/
SELECT e.dossier, e.raison_sociale, e.siret, e.idcc, o.opco AS opco_propose, e.nombre_salaries
FROM vue_employeurs e
LEFT JOIN vue_opco o
    ON o.idcc = e.idcc AND o.debut_le <= :au AND (o.fin_le IS NULL OR o.fin_le >= :au)
WHERE e.archive = 'Non' AND e.opco = ''
  AND (:dossier IS NULL OR e.dossier_id = :dossier)
ORDER BY sans_accents(e.raison_sociale), e.employeur_id
