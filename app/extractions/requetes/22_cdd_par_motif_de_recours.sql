/*---
numero: 22
titre: CDD par motif de recours
theme: Contrats
description: >-
  Les contrats à durée déterminée qui courent entre les deux dates, comptés par motif de
  recours, avec la somme de leurs salaires mensuels.
parametres:
  - {nom: dossier, libelle: Dossier de travail, type: dossier, tous: true, defaut: tous}
  - {nom: employeur, libelle: Employeur, type: employeur, tous: true, defaut: tous}
  - {nom: du, libelle: Du, type: date, defaut: debut_annee}
  - {nom: au, libelle: Au, type: date, apres: du, defaut: fin_annee}
colonnes:
  motif: {largeur: 34}
  nombre_contrats: {libelle: Contrats}
---*/
SELECT
    motif,
    count(*) AS nombre_contrats,
    count(DISTINCT salarie_id) AS nombre_salaries,
    sum(salaire_centimes) AS salaire_centimes
FROM vue_contrats
WHERE nature = 'CDD'
  AND debut_le <= :au
  AND (fin_le IS NULL OR fin_le >= :du)
  AND (:dossier IS NULL OR dossier_id = :dossier)
  AND (:employeur IS NULL OR employeur_id = :employeur)
GROUP BY motif
ORDER BY nombre_contrats DESC, motif
