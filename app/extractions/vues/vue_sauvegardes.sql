/*---
titre: Sauvegardes
description: >-
  Chaque sauvegarde faite ou manquée : quand (temps universel), par quel script, son fichier, sa
  taille, son état, et la cause d'un échec. Les copies de précaution d'une restauration aussi.
colonnes:
  sauvegarde_id: Numéro de sauvegarde
  script: Script
  nature_sauvegarde: Nature
  faite_le: Faite le
  heure: Heure (temps universel)
  etat_sauvegarde: État
  fichier: Fichier
  nombre_octets: Taille (octets)
  chiffree: Chiffrée
  verifiee_le: Vérifiée le
  version_programme: Version du programme
  cause: Cause
---*/
SELECT
    id AS sauvegarde_id,
    script,
    CASE WHEN precaution THEN 'Copie de précaution' ELSE 'Sauvegarde' END AS nature_sauvegarde,
    date(faite_a) AS faite_le,
    substr(faite_a, 12, 8) AS heure,
    CASE etat
        WHEN 'bonne' THEN 'Vérifiée'
        WHEN 'echouee' THEN 'Échouée'
        WHEN 'absente' THEN 'Fichier absent'
        WHEN 'abimee' THEN 'Abîmée'
        ELSE etat
    END AS etat_sauvegarde,
    fichier,
    taille AS nombre_octets,
    CASE WHEN chiffree THEN 'Oui' ELSE 'Non' END AS chiffree,
    date(verifiee_a) AS verifiee_le,
    programme AS version_programme,
    cause
FROM sauvegarde
