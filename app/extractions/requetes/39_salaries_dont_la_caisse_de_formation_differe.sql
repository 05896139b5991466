/*---
numero: 39
titre: Salariés dont la caisse de formation diffère
theme: OPCO
description: >-
  Les salariés en activité dont la fiche nomme une autre caisse de formation que l'OPCO de leur
  employeur.
parametres:
  - {nom: dossier, libelle: Dossier de travail, type: dossier, tous: true, defaut: tous}
  - {nom: employeur, libelle: Employeur, type: employeur, tous: true, defaut: tous}
colonnes:
  opco: {libelle: OPCO de l'employeur}
  dossier: {largeur: 18}
  raison_sociale: {largeur: 34}
  nom: {largeur: 18}
  prenoms: {largeur: 16}
---*/
SELECT s.dossier, s.raison_sociale, s.nom, s.prenoms, s.caisse_formation, e.opco
FROM vue_salaries s
JOIN vue_employeurs e ON e.employeur_id = s.employeur_id
WHERE s.archive = 'Non'
  AND s.caisse_formation <> ''
  AND sans_accents(s.caisse_formation) <> sans_accents(e.opco)
  AND (:dossier IS NULL OR s.dossier_id = :dossier)
  AND (:employeur IS NULL OR s.employeur_id = :employeur)
ORDER BY sans_accents(s.raison_sociale), s.employeur_id, sans_accents(s.nom), s.salarie_id
