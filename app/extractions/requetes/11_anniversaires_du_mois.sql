/*---
numero: 11
titre: Anniversaires du mois
theme: Salariés
description: >-
  Les salariés sous contrat au jour choisi qui sont nés dans le même mois, avec l'âge qu'ils
  atteignent.
parametres:
  - {nom: dossier, libelle: Dossier de travail, type: dossier, tous: true, defaut: tous}
  - {nom: employeur, libelle: Employeur, type: employeur, tous: true, defaut: tous}
  - {nom: au, libelle: Un jour du mois, type: date, defaut: aujourdhui}
colonnes:
  jour_numero: {libelle: Jour}
  age: {libelle: Âge atteint}
  dossier: {largeur: 18}
  raison_sociale: {largeur: 34}
  nom: {largeur: 18}
  prenoms: {largeur: 16}
---*/
SELECT
    dossier,
    raison_sociale,
    nom,
    prenoms,
    ne_le,
    CAST(strftime('%d', ne_le) AS INTEGER) AS jour_numero,
    CAST(strftime('%Y', :au) AS INTEGER) - CAST(strftime('%Y', ne_le) AS INTEGER) AS age
FROM vue_salaries s
WHERE strftime('%m', ne_le) = strftime('%m', :au)
  AND (:dossier IS NULL OR dossier_id = :dossier)
  AND (:employeur IS NULL OR employeur_id = :employeur)
  AND EXISTS (
      SELECT 1
      FROM vue_contrats c
      WHERE c.salarie_id = s.salarie_id
        AND c.debut_le <= :au
        AND (c.fin_le IS NULL OR c.fin_le >= :au)
  )
ORDER BY jour_numero, sans_accents(nom), sans_accents(prenoms), salarie_id
