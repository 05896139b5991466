/*---
numero: 90
titre: Exercices clos
theme: Clôtures
description: >-
  Les années closes, par qui et quand, avec le nombre de bulletins de l'année.
parametres:
  - {nom: dossier, libelle: Dossier de travail, type: dossier, tous: true, defaut: tous}
  - {nom: employeur, libelle: Employeur, type: employeur, tous: true, defaut: tous}
colonnes:
  nombre_bulletins: {libelle: Bulletins}
  dossier: {largeur: 18}
  raison_sociale: {largeur: 34}
---*/
SELECT
    x.dossier,
    x.raison_sociale,
    x.annee,
    x.clos_le,
    x.clos_par,
    (
        SELECT count(*)
        FROM vue_bulletins b
        WHERE b.employeur_id = x.employeur_id AND b.annee = x.annee AND b.compte = 'Oui'
    ) AS nombre_bulletins
FROM vue_exercices_clos x
WHERE (:dossier IS NULL OR x.dossier_id = :dossier)
  AND (:employeur IS NULL OR x.employeur_id = :employeur)
ORDER BY sans_accents(x.raison_sociale), x.employeur_id, x.annee
