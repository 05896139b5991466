/*---
numero: 95
titre: Journal des changements
theme: Journal
description: >-
  Chaque changement d'une fiche entre les deux dates : quand, par qui, laquelle.
parametres:
  - {nom: du, libelle: Du, type: date, defaut: debut_mois}
  - {nom: au, libelle: Au, type: date, apres: du, defaut: aujourdhui}
  - nom: fiche
    libelle: Fiches
    type: choix
    choix:
      toutes: Toutes les fiches
      dossier: Dossiers
      employeur: Employeurs
      organisme: Organismes
      organisme_employeur: Organismes des employeurs
      salarie: Salariés
      contrat: Contrats de travail
      saisie_mois: Saisies du mois
      bulletin: Bulletins
      contrat_prevoyance: Contrats de prévoyance
      periode_prevoyance: Périodes de prévoyance
      taux_prevoyance: Taux de prévoyance
      rattachement: Rattachements
      exercice_clos: Exercices clos
    defaut: toutes
colonnes:
  fiche_nom: {largeur: 40}
  heure: {largeur: 11}
  action: {largeur: 13}
---*/
SELECT fait_le, heure, fait_par, action, fiche, fiche_id, fiche_nom
FROM vue_journal
WHERE moment >= :du AND moment < date(:au, '+1 day')
  AND (:fiche = 'toutes' OR fiche_code = :fiche)
ORDER BY entree_id
