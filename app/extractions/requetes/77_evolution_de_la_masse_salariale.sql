/*---
numero: 77
titre: Évolution de la masse salariale
theme: Masse salariale
description: >-
  Pour l'ensemble choisi, mois par mois : employeurs, salariés, brut, coût et coût depuis le
  premier mois demandé.
parametres:
  - {nom: dossier, libelle: Dossier de travail, type: dossier, tous: true, defaut: tous}
  - {nom: employeur, libelle: Employeur, type: employeur, tous: true, defaut: tous}
  - {nom: du, libelle: Paie du, type: date, defaut: debut_annee, aide: un jour du premier mois}
  - {nom: au, libelle: jusqu'au, type: date, apres: du, defaut: fin_mois, aide: un jour du dernier mois}
colonnes:
  cumul_centimes: {libelle: Coût cumulé}
---*/
WITH mensuels AS (
    SELECT
        mois_le,
        count(DISTINCT employeur_id) AS employeurs,
        count(DISTINCT salarie_id) AS salaries,
        sum(brut_centimes) AS brut,
        sum(cout_employeur_centimes) AS cout
    FROM vue_bulletins
    WHERE annee BETWEEN CAST(substr(:du, 1, 4) AS INTEGER) AND CAST(substr(:au, 1, 4) AS INTEGER)
  AND mois_le BETWEEN date(:du, 'start of month') AND :au
      AND compte = 'Oui'
      AND (:dossier IS NULL OR dossier_id = :dossier)
  AND (:employeur IS NULL OR employeur_id = :employeur)
    GROUP BY annee, mois
)
SELECT
    mois_le,
    employeurs AS nombre_employeurs,
    salaries AS nombre_salaries,
    brut AS brut_centimes,
    cout AS cout_employeur_centimes,
    sum(cout) OVER (ORDER BY mois_le) AS cumul_centimes
FROM mensuels
ORDER BY mois_le
