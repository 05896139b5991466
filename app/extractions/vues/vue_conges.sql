/*---
titre: Congés payés
description: >-
  Les congés payés de chaque bulletin en vigueur : jours ouvrables acquis et pris dans le mois,
  soldes à la fin du mois, des périodes antérieures (N-1) et de la période en cours (N).
colonnes:
  bulletin_id: Numéro de bulletin
  contrat_id: Numéro de contrat
  salarie_id: Numéro de salarié
  employeur_id: Numéro d'employeur
  dossier_id: Numéro de dossier
  dossier: Dossier
  raison_sociale: Employeur
  nom: Nom
  prenoms: Prénoms
  annee: Année
  mois: Mois
  mois_le: Mois de paie
  acquis_cjours: Congés acquis (jours)
  pris_cjours: Congés pris (jours)
  solde_anterieur_cjours: Solde N-1 (jours)
  solde_en_cours_cjours: Solde N (jours)
  solde_total_cjours: Solde (jours)
---*/
SELECT
    b.id AS bulletin_id,
    b.contrat_id,
    b.salarie_id,
    b.employeur_id,
    (SELECT e.dossier_id FROM employeur e WHERE e.id = b.employeur_id) AS dossier_id,
    (
        SELECT d.nom
        FROM employeur e JOIN dossier d ON d.id = e.dossier_id
        WHERE e.id = b.employeur_id
    ) AS dossier,
    (SELECT e.raison_sociale FROM employeur e WHERE e.id = b.employeur_id) AS raison_sociale,
    (
        SELECT CASE WHEN s.nom_usage = '' THEN s.nom_naissance ELSE s.nom_usage END
        FROM salarie s
        WHERE s.id = b.salarie_id
    ) AS nom,
    (SELECT s.prenoms FROM salarie s WHERE s.id = b.salarie_id) AS prenoms,
    b.annee,
    b.mois,
    printf('%04d-%02d-01', b.annee, b.mois) AS mois_le,
    b.conges_acquis AS acquis_cjours,
    b.conges_pris AS pris_cjours,
    b.conges_anterieurs AS solde_anterieur_cjours,
    b.conges_en_cours AS solde_en_cours_cjours,
    b.conges_anterieurs + b.conges_en_cours AS solde_total_cjours
FROM bulletin b
WHERE b.etat <> 'remplace'
