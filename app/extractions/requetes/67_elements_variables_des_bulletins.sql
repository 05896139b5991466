/*---
numero: 67
titre: Éléments variables des bulletins
theme: Bulletins
description: >-
  Les bulletins qui portent autre chose que le salaire de base : absences, heures
  supplémentaires, primes, avantages, indemnités, frais, acomptes.
parametres:
  - {nom: dossier, libelle: Dossier de travail, type: dossier, tous: true, defaut: tous}
  - {nom: employeur, libelle: Employeur, type: employeur, tous: true, defaut: tous}
  - {nom: du, libelle: Paie du, type: date, defaut: debut_mois, aide: un jour du premier mois}
  - {nom: au, libelle: jusqu'au, type: date, apres: du, defaut: fin_mois, aide: un jour du dernier mois}
colonnes:
  dossier: {largeur: 18}
  raison_sociale: {largeur: 34}
  nom: {largeur: 18}
  prenoms: {largeur: 16}
---*/
SELECT
    mois_le,
    dossier,
    raison_sociale,
    nom,
    prenoms,
    base_centimes,
    absences_centimes,
    heures_sup_centimes,
    primes_centimes,
    avantages_centimes,
    fin_contrat_centimes,
    conges_centimes,
    indemnites_centimes,
    acompte_centimes
FROM vue_bulletins
WHERE annee BETWEEN CAST(substr(:du, 1, 4) AS INTEGER) AND CAST(substr(:au, 1, 4) AS INTEGER)
  AND mois_le BETWEEN date(:du, 'start of month') AND :au
  AND compte = 'Oui'
  AND (
      absences_centimes <> 0
      OR heures_sup_centimes <> 0
      OR primes_centimes <> 0
      OR avantages_centimes <> 0
      OR fin_contrat_centimes <> 0
      OR conges_centimes <> 0
      OR indemnites_centimes <> 0
      OR acompte_centimes <> 0
  )
  AND (:dossier IS NULL OR dossier_id = :dossier)
  AND (:employeur IS NULL OR employeur_id = :employeur)
ORDER BY mois_le, sans_accents(raison_sociale), employeur_id, sans_accents(nom),
    sans_accents(prenoms), bulletin_id
