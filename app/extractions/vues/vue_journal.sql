/*---
titre: Journal
description: >-
  Chaque changement d'une fiche : quand (temps universel), par qui, laquelle. Les valeurs d'avant
  et d'après n'y sont pas : elles se lisent dans l'historique de la fiche.
colonnes:
  entree_id: Numéro d'entrée
  moment: Moment (temps universel)
  fait_le: Fait le
  heure: Heure (temps universel)
  fait_par: Fait par
  action: Action
  fiche_code: Code de la fiche
  fiche: Fiche
  fiche_id: Numéro de la fiche
  fiche_nom: Nom de la fiche
---*/
SELECT
    id AS entree_id,
    moment,
    date(moment) AS fait_le,
    substr(moment, 12, 8) AS heure,
    par AS fait_par,
    CASE action
        WHEN 'creation' THEN 'Création'
        WHEN 'modification' THEN 'Modification'
        WHEN 'suppression' THEN 'Suppression'
        ELSE action
    END AS action,
    objet AS fiche_code,
    CASE objet
        WHEN 'dossier' THEN 'Dossier'
        WHEN 'employeur' THEN 'Employeur'
        WHEN 'organisme' THEN 'Organisme'
        WHEN 'organisme_employeur' THEN 'Organisme de l''employeur'
        WHEN 'salarie' THEN 'Salarié'
        WHEN 'contrat' THEN 'Contrat de travail'
        WHEN 'bulletin' THEN 'Bulletin'
        WHEN 'saisie_mois' THEN 'Saisie du mois'
        WHEN 'contrat_prevoyance' THEN 'Contrat de prévoyance'
        WHEN 'periode_prevoyance' THEN 'Période de prévoyance'
        WHEN 'taux_prevoyance' THEN 'Taux de prévoyance'
        WHEN 'rattachement' THEN 'Rattachement'
        WHEN 'reprise_conges' THEN 'Reprise des congés'
        WHEN 'reglage_paie' THEN 'Réglages de paie'
        WHEN 'exercice_clos' THEN 'Exercice clos'
        ELSE objet
    END AS fiche,
    objet_id AS fiche_id,
    designation AS fiche_nom
FROM journal
