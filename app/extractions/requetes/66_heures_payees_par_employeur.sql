/*---
numero: 66
titre: Heures payées par employeur
theme: Bulletins
description: >-
  Les heures payées et les heures d'absence par employeur et par mois, avec leur équivalent
  temps plein (151,67 heures).
parametres:
  - {nom: dossier, libelle: Dossier de travail, type: dossier, tous: true, defaut: tous}
  - {nom: employeur, libelle: Employeur, type: employeur, tous: true, defaut: tous}
  - {nom: du, libelle: Paie du, type: date, defaut: debut_annee, aide: un jour du premier mois}
  - {nom: au, libelle: jusqu'au, type: date, apres: du, defaut: fin_mois, aide: un jour du dernier mois}
colonnes:
  heures_centiemes: {libelle: Heures payées}
  heures_cetp: {libelle: Équivalent temps plein}
  dossier: {largeur: 18}
  raison_sociale: {largeur: 34}
---*/
SELECT
    mois_le,
    dossier,
    raison_sociale,
    count(DISTINCT salarie_id) AS nombre_salaries,
    sum(heures_centiemes) AS heures_centiemes,
    sum(heures_absence_centiemes) AS heures_absence_centiemes,
    (sum(heures_centiemes) * 100 + 7583) / 15167 AS heures_cetp
FROM vue_bulletins
WHERE annee BETWEEN CAST(substr(:du, 1, 4) AS INTEGER) AND CAST(substr(:au, 1, 4) AS INTEGER)
  AND mois_le BETWEEN date(:du, 'start of month') AND :au
  AND compte = 'Oui'
  AND (:dossier IS NULL OR dossier_id = :dossier)
  AND (:employeur IS NULL OR employeur_id = :employeur)
GROUP BY annee, mois, employeur_id
ORDER BY mois_le, sans_accents(raison_sociale), employeur_id
