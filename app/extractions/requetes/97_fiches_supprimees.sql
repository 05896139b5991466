/*---
numero: 97
titre: Fiches supprimées
theme: Journal
description: >-
  Les fiches supprimées entre les deux dates : quand, par qui, laquelle.
parametres:
  - {nom: du, libelle: Du, type: date, defaut: debut_mois}
  - {nom: au, libelle: Au, type: date, apres: du, defaut: aujourdhui}
colonnes:
  fiche_nom: {largeur: 40}
  heure: {largeur: 11}
---*/
SELECT fait_le, heure, fait_par, fiche, fiche_id, fiche_nom
FROM vue_journal
WHERE moment >= :du AND moment < date(:au, '+1 day')
  AND action = 'Suppression'
ORDER BY entree_id
