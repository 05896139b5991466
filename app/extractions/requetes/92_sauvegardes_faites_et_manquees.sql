/*---
numero: 92
titre: Sauvegardes faites et manquées
theme: Sauvegardes
description: >-
  Les sauvegardes d'une période, réussies ou non : script, fichier, taille, état, et la cause
  quand une sauvegarde a échoué.
parametres:
  - {nom: du, libelle: Du, type: date, defaut: debut_annee}
  - {nom: au, libelle: au, type: date, apres: du, defaut: aujourdhui}
  - nom: etat
    libelle: État
    type: choix
    choix: {toutes: Toutes, Vérifiée: Vérifiées, Échouée: Échouées}
    defaut: toutes
colonnes:
  script: {largeur: 24}
  fichier: {largeur: 48}
  cause: {largeur: 48}
---*/
SELECT
    faite_le,
    heure,
    script,
    nature_sauvegarde,
    etat_sauvegarde,
    cause,
    fichier,
    nombre_octets,
    chiffree,
    verifiee_le,
    version_programme
FROM vue_sauvegardes
WHERE faite_le BETWEEN :du AND :au
  AND (:etat = 'toutes' OR etat_sauvegarde = :etat)
ORDER BY faite_le, heure, sauvegarde_id
