/*---
numero: 70
titre: Masse salariale par employeur et par mois
theme: Masse salariale
description: >-
  Le brut, les cotisations et le coût de chaque employeur, mois par mois.
parametres:
  - {nom: dossier, libelle: Dossier de travail, type: dossier, tous: true, defaut: tous}
  - {nom: employeur, libelle: Employeur, type: employeur, tous: true, defaut: tous}
  - {nom: du, libelle: Paie du, type: date, defaut: debut_annee, aide: un jour du premier mois}
  - {nom: au, libelle: jusqu'au, type: date, apres: du, defaut: fin_mois, aide: un jour du dernier mois}
colonnes:
  dossier: {largeur: 18}
  raison_sociale: {largeur: 34}
---*/
SELECT
    mois_le,
    dossier,
    raison_sociale,
    count(DISTINCT salarie_id) AS nombre_salaries,
    sum(brut_centimes) AS brut_centimes,
    sum(cotisations_salarie_centimes) AS cotisations_salarie_centimes,
    sum(cotisations_employeur_centimes) AS cotisations_employeur_centimes,
    sum(net_a_payer_centimes) AS net_a_payer_centimes,
    sum(cout_employeur_centimes) AS cout_employeur_centimes
FROM vue_bulletins
WHERE annee BETWEEN CAST(substr(:du, 1, 4) AS INTEGER) AND CAST(substr(:au, 1, 4) AS INTEGER)
  AND mois_le BETWEEN date(:du, 'start of month') AND :au
  AND compte = 'Oui'
  AND (:dossier IS NULL OR dossier_id = :dossier)
  AND (:employeur IS NULL OR employeur_id = :employeur)
GROUP BY annee, mois, employeur_id
ORDER BY mois_le, sans_accents(raison_sociale), employeur_id
