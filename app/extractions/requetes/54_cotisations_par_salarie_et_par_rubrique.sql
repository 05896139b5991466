/*---
numero: 54
titre: Cotisations par salarié et par rubrique
theme: Cotisations
description: >-
  Pour chaque salarié, les cotisations additionnées par rubrique du bulletin sur les mois
  choisis.
parametres:
  - {nom: dossier, libelle: Dossier de travail, type: dossier, tous: true, defaut: tous}
  - {nom: employeur, libelle: Employeur, type: employeur, tous: true, defaut: tous}
  - {nom: du, libelle: Paie du, type: date, defaut: debut_mois, aide: un jour du premier mois}
  - {nom: au, libelle: jusqu'au, type: date, apres: du, defaut: fin_mois, aide: un jour du dernier mois}
colonnes:
  dossier: {largeur: 18}
  raison_sociale: {largeur: 34}
  nom: {largeur: 18}
  prenoms: {largeur: 16}
---*/
-- People are put in order first, so that lines are sorted by small numbers alone.
WITH bulletins AS MATERIALIZED (
    SELECT
        bulletin_id,
        salarie_id,
        dense_rank() OVER (
            ORDER BY sans_accents(raison_sociale), employeur_id, sans_accents(nom),
                sans_accents(prenoms), salarie_id
        ) AS place
    FROM vue_bulletins
    WHERE annee BETWEEN CAST(substr(:du, 1, 4) AS INTEGER) AND CAST(substr(:au, 1, 4) AS INTEGER)
      AND mois_le BETWEEN date(:du, 'start of month') AND :au
      AND (:dossier IS NULL OR dossier_id = :dossier)
      AND (:employeur IS NULL OR employeur_id = :employeur)
      AND compte = 'Oui'
)
SELECT
    (SELECT s.dossier FROM vue_salaries s WHERE s.salarie_id = o.salarie_id) AS dossier,
    (SELECT s.raison_sociale FROM vue_salaries s WHERE s.salarie_id = o.salarie_id)
        AS raison_sociale,
    (SELECT s.nom FROM vue_salaries s WHERE s.salarie_id = o.salarie_id) AS nom,
    (SELECT s.prenoms FROM vue_salaries s WHERE s.salarie_id = o.salarie_id) AS prenoms,
    l.rubrique,
    sum(l.montant_salarial_centimes) AS montant_salarial_centimes,
    sum(l.montant_patronal_centimes) AS montant_patronal_centimes
FROM bulletins o
CROSS JOIN vue_lignes l ON l.bulletin_id = o.bulletin_id
GROUP BY o.place, l.rubrique
ORDER BY o.place, l.rubrique
