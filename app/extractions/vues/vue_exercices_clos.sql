/*---
titre: Exercices clos
description: Les années closes de chaque employeur, plus aucun de leurs bulletins ne change.
colonnes:
  employeur_id: Numéro d'employeur
  dossier_id: Numéro de dossier
  dossier: Dossier
  raison_sociale: Employeur
  annee: Année
  clos_le: Clos le
  clos_par: Clos par
---*/
SELECT
    x.employeur_id,
    e.dossier_id,
    d.nom AS dossier,
    e.raison_sociale,
    x.annee,
    date(x.clos_le) AS clos_le,
    x.par AS clos_par
FROM exercice_clos x
JOIN employeur e ON e.id = x.employeur_id
JOIN dossier d ON d.id = e.dossier_id
