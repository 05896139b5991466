/*---
numero: 53
titre: Organismes collecteurs
theme: Organismes
description: >-
  La table des organismes collecteurs, avec leur famille, leur code DSN et le nombre
  d'employeurs qui les nomment.
parametres:
  - nom: archives
    libelle: Organismes archivés
    type: choix
    choix: {sans: Sans les archivés, avec: Avec les archivés, seuls: Archivés seulement}
    defaut: sans
colonnes:
  famille: {largeur: 26}
  archive: {largeur: 9}
  organisme: {largeur: 34}
---*/
SELECT
    famille,
    organisme,
    code_dsn,
    siren,
    code_postal,
    commune,
    telephone,
    courriel,
    nombre_employeurs,
    archive
FROM vue_organismes
WHERE :archives = 'avec' OR archive = iif(:archives = 'seuls', 'Oui', 'Non')
ORDER BY sans_accents(famille), sans_accents(organisme), organisme_id
