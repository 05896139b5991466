/*---
numero: 10
titre: Liste des salariés
theme: Salariés
description: >-
  Identité et coordonnées des salariés. Avec des dates, seulement ceux qui ont un contrat de
  travail entre l'une et l'autre.
parametres:
  - {nom: dossier, libelle: Dossier de travail, type: dossier, tous: true, defaut: tous}
  - {nom: employeur, libelle: Employeur, type: employeur, tous: true, defaut: tous}
  - {nom: du, libelle: Sous contrat du, type: date, obligatoire: false, aide: vide pour tous}
  - {nom: au, libelle: Sous contrat jusqu'au, type: date, obligatoire: false, apres: du, aide: vide pour tous}
  - nom: archives
    libelle: Salariés archivés
    type: choix
    choix: {sans: Sans les archivés, avec: Avec les archivés, seuls: Archivés seulement}
    defaut: sans
colonnes:
  dossier: {largeur: 18}
  matricule: {largeur: 11}
  code_postal: {largeur: 12}
  raison_sociale: {largeur: 34}
  civilite: {largeur: 10}
  nir: {largeur: 17}
  commune: {largeur: 20}
  courriel: {largeur: 28}
  archive: {largeur: 9}
---*/
SELECT
    dossier,
    raison_sociale,
    matricule,
    civilite,
    nom,
    prenoms,
    nom_naissance,
    nir,
    ne_le,
    ne_a,
    nationalite,
    situation,
    enfants,
    voie,
    code_postal,
    commune,
    telephone,
    courriel,
    iban,
    archive
FROM vue_salaries s
WHERE (:dossier IS NULL OR dossier_id = :dossier)
  AND (:employeur IS NULL OR employeur_id = :employeur)
  AND (:archives = 'avec' OR archive = iif(:archives = 'seuls', 'Oui', 'Non'))
  AND (
      (:du IS NULL AND :au IS NULL)
      OR EXISTS (
          SELECT 1
          FROM vue_contrats c
          WHERE c.salarie_id = s.salarie_id
            AND (:au IS NULL OR c.debut_le <= :au)
            AND (:du IS NULL OR c.fin_le IS NULL OR c.fin_le >= :du)
      )
  )
ORDER BY sans_accents(raison_sociale), employeur_id, sans_accents(nom), sans_accents(prenoms), salarie_id
