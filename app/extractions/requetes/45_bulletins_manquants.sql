/*---
numero: 45
titre: Bulletins manquants
theme: Contrôles
description: >-
  Les contrats qui courent au moins un jour du mois et n'ont pas de bulletin ce mois-là.
parametres:
  - {nom: dossier, libelle: Dossier de travail, type: dossier, tous: true, defaut: tous}
  - {nom: employeur, libelle: Employeur, type: employeur, tous: true, defaut: tous}
  - {nom: au, libelle: Un jour du mois, type: date, defaut: aujourdhui}
colonnes:
  dossier: {largeur: 18}
  raison_sociale: {largeur: 34}
  nom: {largeur: 18}
  prenoms: {largeur: 16}
  emploi: {largeur: 26}
  nature_contrat: {largeur: 10}
---*/
SELECT
    c.dossier,
    c.raison_sociale,
    c.nom,
    c.prenoms,
    c.nature AS nature_contrat,
    c.emploi,
    c.debut_le,
    c.fin_le
FROM vue_contrats c
WHERE c.debut_le <= date(:au, 'start of month', '+1 month', '-1 day')
  AND (c.fin_le IS NULL OR c.fin_le >= date(:au, 'start of month'))
  AND (:dossier IS NULL OR c.dossier_id = :dossier)
  AND (:employeur IS NULL OR c.employeur_id = :employeur)
  AND NOT EXISTS (
      SELECT 1
      FROM vue_bulletins b
      WHERE b.contrat_id = c.contrat_id
        AND b.employeur_id = c.employeur_id
        AND b.annee = CAST(substr(:au, 1, 4) AS INTEGER)
        AND b.mois = CAST(substr(:au, 6, 2) AS INTEGER)
        AND b.compte = 'Oui'
  )
ORDER BY sans_accents(c.raison_sociale), c.employeur_id, sans_accents(c.nom),
    sans_accents(c.prenoms), c.contrat_id
