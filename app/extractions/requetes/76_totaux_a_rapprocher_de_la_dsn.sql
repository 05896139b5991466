/*---
numero: 76
titre: Totaux à rapprocher de la DSN
theme: Masse salariale
description: >-
  Par employeur et par mois, les totaux à comparer avec la déclaration sociale nominative :
  salariés, brut, net imposable, impôt, Urssaf, Agirc-Arrco, autres organismes.
parametres:
  - {nom: dossier, libelle: Dossier de travail, type: dossier, tous: true, defaut: tous}
  - {nom: employeur, libelle: Employeur, type: employeur, tous: true, defaut: tous}
  - {nom: du, libelle: Paie du, type: date, defaut: debut_mois, aide: un jour du premier mois}
  - {nom: au, libelle: jusqu'au, type: date, apres: du, defaut: fin_mois, aide: un jour du dernier mois}
colonnes:
  urssaf_centimes: {libelle: Urssaf}
  retraite_centimes: {libelle: Agirc-Arrco}
  autres_centimes: {libelle: Autres organismes}
  dossier: {largeur: 18}
  raison_sociale: {largeur: 34}
---*/
WITH versements AS (
    SELECT
        employeur_id,
        annee,
        mois,
        sum(iif(destinataire_code = 'urssaf', montant_salarial_centimes + montant_patronal_centimes, 0)) AS urssaf,
        sum(iif(destinataire_code = 'agirc_arrco', montant_salarial_centimes + montant_patronal_centimes, 0)) AS retraite,
        sum(iif(destinataire_code IN ('urssaf', 'agirc_arrco'), 0, montant_salarial_centimes + montant_patronal_centimes)) AS autres
    FROM vue_lignes
    WHERE annee BETWEEN CAST(substr(:du, 1, 4) AS INTEGER) AND CAST(substr(:au, 1, 4) AS INTEGER)
  AND mois_le BETWEEN date(:du, 'start of month') AND :au
    GROUP BY annee, mois, employeur_id
),
totaux AS (
    SELECT
        dossier,
        raison_sociale,
        siret,
        employeur_id,
        annee,
        mois,
        mois_le,
        count(DISTINCT salarie_id) AS salaries,
        count(*) AS nombre,
        sum(brut_centimes) AS brut,
        sum(net_imposable_centimes) AS net_imposable,
        sum(impot_centimes) AS impot,
        sum(montant_net_social_centimes) AS net_social
    FROM vue_bulletins
    WHERE annee BETWEEN CAST(substr(:du, 1, 4) AS INTEGER) AND CAST(substr(:au, 1, 4) AS INTEGER)
  AND mois_le BETWEEN date(:du, 'start of month') AND :au
      AND compte = 'Oui'
      AND (:dossier IS NULL OR dossier_id = :dossier)
  AND (:employeur IS NULL OR employeur_id = :employeur)
    GROUP BY annee, mois, employeur_id
)
SELECT
    t.mois_le,
    t.dossier,
    t.raison_sociale,
    t.siret,
    t.salaries AS nombre_salaries,
    t.nombre AS nombre_bulletins,
    t.brut AS brut_centimes,
    t.net_imposable AS net_imposable_centimes,
    t.impot AS impot_centimes,
    t.net_social AS montant_net_social_centimes,
    coalesce(v.urssaf, 0) AS urssaf_centimes,
    coalesce(v.retraite, 0) AS retraite_centimes,
    coalesce(v.autres, 0) AS autres_centimes
FROM totaux t
LEFT JOIN versements v
    ON v.employeur_id = t.employeur_id AND v.annee = t.annee AND v.mois = t.mois
ORDER BY t.mois_le, sans_accents(t.raison_sociale), t.employeur_id
