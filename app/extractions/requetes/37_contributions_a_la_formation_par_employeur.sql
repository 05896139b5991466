/*---
numero: 37
titre: Contributions à la formation par employeur
theme: OPCO
description: >-
  Formation professionnelle, apprentissage, contribution CPF des contrats à durée déterminée et
  contributions conventionnelles de formation : base et montant par employeur, avec son OPCO.
parametres:
  - {nom: dossier, libelle: Dossier de travail, type: dossier, tous: true, defaut: tous}
  - {nom: employeur, libelle: Employeur, type: employeur, tous: true, defaut: tous}
  - {nom: du, libelle: Paie du, type: date, defaut: debut_mois, aide: un jour du premier mois}
  - {nom: au, libelle: jusqu'au, type: date, apres: du, defaut: fin_mois, aide: un jour du dernier mois}
colonnes:
  nombre_lignes: {libelle: Bulletins}
  assiette_centimes: {libelle: Base}
  dossier: {largeur: 18}
  raison_sociale: {largeur: 34}
  cotisation: {largeur: 44}
  destinataire: {largeur: 22}
---*/
SELECT
    l.dossier,
    l.raison_sociale,
    e.opco,
    l.cotisation,
    l.destinataire,
    count(*) AS nombre_lignes,
    sum(l.assiette_centimes) AS assiette_centimes,
    sum(l.montant_patronal_centimes) AS montant_patronal_centimes
FROM vue_lignes l
JOIN vue_employeurs e ON e.employeur_id = l.employeur_id
WHERE annee BETWEEN CAST(substr(:du, 1, 4) AS INTEGER) AND CAST(substr(:au, 1, 4) AS INTEGER)
  AND mois_le BETWEEN date(:du, 'start of month') AND :au
  AND (instr(l.code_cotisation, 'formation') > 0 OR l.code_cotisation = 'taxe_apprentissage')
  AND (:dossier IS NULL OR l.dossier_id = :dossier)
  AND (:employeur IS NULL OR l.employeur_id = :employeur)
GROUP BY l.employeur_id, l.code_cotisation, l.cotisation, l.destinataire
ORDER BY sans_accents(l.raison_sociale), l.employeur_id, l.code_cotisation
