/*---
numero: 1
titre: Liste des employeurs
theme: Employeurs
description: Coordonnées, convention collective, OPCO et taux AT/MP de chaque employeur.
parametres:
  - {nom: dossier, libelle: Dossier de travail, type: dossier, tous: true, defaut: tous}
  - {nom: commune, libelle: Commune contenant, type: texte, obligatoire: false, aide: vide pour toutes}
  - nom: archives
    libelle: Employeurs archivés
    type: choix
    choix: {sans: Sans les archivés, avec: Avec les archivés, seuls: Archivés seulement}
    defaut: sans
colonnes:
  dossier: {largeur: 18}
  naf: {largeur: 9}
  idcc: {largeur: 8}
  code_postal: {largeur: 12}
  raison_sociale: {largeur: 38}
  commune: {largeur: 20}
  courriel: {largeur: 28}
  archive: {largeur: 9}
---*/
SELECT
    dossier,
    raison_sociale,
    siret,
    naf,
    idcc,
    opco,
    taux_at_millioniemes,
    effectif,
    nombre_salaries,
    code_postal,
    commune,
    telephone,
    courriel,
    representant,
    creee_le,
    archive
FROM vue_employeurs
WHERE (:dossier IS NULL OR dossier_id = :dossier)
  AND (:commune IS NULL OR instr(sans_accents(commune), sans_accents(:commune)) > 0)
  AND (:archives = 'avec' OR archive = iif(:archives = 'seuls', 'Oui', 'Non'))
ORDER BY sans_accents(dossier), sans_accents(raison_sociale), employeur_id
