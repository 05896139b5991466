/*---
numero: 64
titre: Prélèvement à la source par employeur
theme: Bulletins
description: >-
  L'impôt prélevé à la source par employeur et par mois, avec le net imposable et le nombre de
  salariés prélevés.
parametres:
  - {nom: dossier, libelle: Dossier de travail, type: dossier, tous: true, defaut: tous}
  - {nom: employeur, libelle: Employeur, type: employeur, tous: true, defaut: tous}
  - {nom: du, libelle: Paie du, type: date, defaut: debut_annee, aide: un jour du premier mois}
  - {nom: au, libelle: jusqu'au, type: date, apres: du, defaut: fin_mois, aide: un jour du dernier mois}
colonnes:
  nombre_preleves: {libelle: Salariés prélevés}
  dossier: {largeur: 18}
  raison_sociale: {largeur: 34}
---*/
SELECT
    mois_le,
    dossier,
    raison_sociale,
    count(*) AS nombre_bulletins,
    count(DISTINCT iif(impot_centimes <> 0, salarie_id, NULL)) AS nombre_preleves,
    sum(net_imposable_centimes) AS net_imposable_centimes,
    sum(impot_centimes) AS impot_centimes
FROM vue_bulletins
WHERE annee BETWEEN CAST(substr(:du, 1, 4) AS INTEGER) AND CAST(substr(:au, 1, 4) AS INTEGER)
  AND mois_le BETWEEN date(:du, 'start of month') AND :au
  AND compte = 'Oui'
  AND (:dossier IS NULL OR dossier_id = :dossier)
  AND (:employeur IS NULL OR employeur_id = :employeur)
GROUP BY annee, mois, employeur_id
ORDER BY mois_le, sans_accents(raison_sociale), employeur_id
