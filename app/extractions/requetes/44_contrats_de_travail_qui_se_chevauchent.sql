/*---
numero: 44
titre: Contrats de travail qui se chevauchent
theme: Contrôles
description: >-
  Les paires de contrats d'un même salarié qui ont des jours en commun, avec le premier et le
  dernier de ces jours.
parametres:
  - {nom: dossier, libelle: Dossier de travail, type: dossier, tous: true, defaut: tous}
  - {nom: employeur, libelle: Employeur, type: employeur, tous: true, defaut: tous}
colonnes:
  nature_contrat: {libelle: Contrat, largeur: 10}
  autre_nature: {libelle: Autre contrat, largeur: 13}
  autre_debut_le: {libelle: Son début}
  autre_fin_le: {libelle: Sa fin}
  commun_debut_le: {libelle: En commun du}
  commun_fin_le: {libelle: jusqu'au}
  dossier: {largeur: 18}
  raison_sociale: {largeur: 34}
  nom: {largeur: 18}
  prenoms: {largeur: 16}
---*/
SELECT
    a.dossier,
    a.raison_sociale,
    a.nom,
    a.prenoms,
    a.nature AS nature_contrat,
    a.debut_le,
    a.fin_le,
    b.nature AS autre_nature,
    b.debut_le AS autre_debut_le,
    b.fin_le AS autre_fin_le,
    max(a.debut_le, b.debut_le) AS commun_debut_le,
    nullif(min(coalesce(a.fin_le, '9999-12-31'), coalesce(b.fin_le, '9999-12-31')), '9999-12-31')
        AS commun_fin_le
FROM vue_contrats a
JOIN vue_contrats b ON b.salarie_id = a.salarie_id AND b.contrat_id > a.contrat_id
WHERE a.debut_le <= coalesce(b.fin_le, '9999-12-31')
  AND b.debut_le <= coalesce(a.fin_le, '9999-12-31')
  AND (:dossier IS NULL OR a.dossier_id = :dossier)
  AND (:employeur IS NULL OR a.employeur_id = :employeur)
ORDER BY sans_accents(a.raison_sociale), a.employeur_id, sans_accents(a.nom), a.contrat_id,
    b.contrat_id
