/*---
numero: 52
titre: Cotisations par nature
theme: Cotisations
description: >-
  Pour l'ensemble choisi, chaque cotisation avec son nombre de bulletins, sa base et ses deux
  parts, sur les mois choisis.
parametres:
  - {nom: dossier, libelle: Dossier de travail, type: dossier, tous: true, defaut: tous}
  - {nom: employeur, libelle: Employeur, type: employeur, tous: true, defaut: tous}
  - {nom: du, libelle: Paie du, type: date, defaut: debut_mois, aide: un jour du premier mois}
  - {nom: au, libelle: jusqu'au, type: date, apres: du, defaut: fin_mois, aide: un jour du dernier mois}
colonnes:
  assiette_centimes: {libelle: Base}
  cotisation: {largeur: 44}
  destinataire: {largeur: 22}
---*/
WITH sommes AS (
    SELECT
        code_cotisation,
        max(ligne_id) AS ligne_id, -- its words are read afterwards: sorting them is what is long
        count(*) AS nombre_bulletins, -- a code comes once in a bulletin
        sum(assiette_centimes) AS assiette_centimes,
        sum(montant_salarial_centimes) AS montant_salarial_centimes,
        sum(montant_patronal_centimes) AS montant_patronal_centimes
    FROM vue_lignes
    WHERE annee BETWEEN CAST(substr(:du, 1, 4) AS INTEGER) AND CAST(substr(:au, 1, 4) AS INTEGER)
      AND mois_le BETWEEN date(:du, 'start of month') AND :au
      AND (:dossier IS NULL OR dossier_id = :dossier)
      AND (:employeur IS NULL OR employeur_id = :employeur)
    GROUP BY code_cotisation, destinataire_code
)
SELECT
    l.destinataire,
    s.code_cotisation,
    l.cotisation,
    s.nombre_bulletins,
    s.assiette_centimes,
    s.montant_salarial_centimes,
    s.montant_patronal_centimes,
    s.montant_salarial_centimes + s.montant_patronal_centimes AS montant_total_centimes
FROM sommes s
CROSS JOIN vue_lignes l ON l.ligne_id = s.ligne_id
ORDER BY l.destinataire, s.code_cotisation, l.cotisation
