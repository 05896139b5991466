/*---
numero: 4
titre: Employeurs sans contrat de travail en cours
theme: Employeurs
description: >-
  Les employeurs en activité qui n'ont aucun contrat de travail à la date choisie, avec le
  dernier jour de leur dernier contrat.
parametres:
  - {nom: dossier, libelle: Dossier de travail, type: dossier, tous: true, defaut: tous}
  - {nom: au, libelle: Situation au, type: date, defaut: aujourdhui}
colonnes:
  dernier_contrat_le: {libelle: Fin du dernier contrat, largeur: 22}
  dossier: {largeur: 18}
  raison_sociale: {largeur: 34}
---*/
SELECT
    dossier,
    raison_sociale,
    siret,
    premiere_embauche_le,
    cesse_le,
    (SELECT max(c.fin_le) FROM vue_contrats c WHERE c.employeur_id = e.employeur_id AND c.fin_le < :au)
        AS dernier_contrat_le
FROM vue_employeurs e
WHERE archive = 'Non'
  AND (:dossier IS NULL OR dossier_id = :dossier)
  AND NOT EXISTS (
      SELECT 1
      FROM vue_contrats c
      WHERE c.employeur_id = e.employeur_id
        AND c.debut_le <= :au
        AND (c.fin_le IS NULL OR c.fin_le >= :au)
  )
ORDER BY sans_accents(raison_sociale), employeur_id
