/*---
titre: Salariés
description: >-
  Les salariés de chaque employeur. Un salarié est archivé quand lui-même, son employeur ou son
  dossier l'est. Un texte non renseigné est vide.
colonnes:
  salarie_id: Numéro de salarié
  employeur_id: Numéro d'employeur
  dossier_id: Numéro de dossier
  dossier: Dossier
  raison_sociale: Employeur
  matricule: Matricule
  civilite: Civilité
  nom_naissance: Nom de naissance
  nom_usage: Nom d'usage
  nom: Nom
  prenoms: Prénoms
  nir: NIR
  ne_le: Né(e) le
  ne_a: Commune de naissance
  ne_departement: Département de naissance
  nationalite: Nationalité
  situation: Situation de famille
  enfants: Enfants à charge
  caisse_formation: Caisse de formation
  voie: Adresse
  complement: Complément d'adresse
  code_postal: Code postal
  commune: Commune
  telephone: Téléphone
  courriel: Courriel
  iban: IBAN
  bic: BIC
  archive: Archivé
  archive_le: Archivé le
  nombre_contrats: Contrats
---*/
SELECT
    s.id AS salarie_id,
    s.employeur_id,
    e.dossier_id,
    d.nom AS dossier,
    e.raison_sociale,
    s.matricule,
    CASE s.civilite WHEN 'mme' THEN 'Madame' WHEN 'm' THEN 'Monsieur' ELSE s.civilite END
        AS civilite,
    s.nom_naissance,
    s.nom_usage,
    CASE WHEN s.nom_usage = '' THEN s.nom_naissance ELSE s.nom_usage END AS nom,
    s.prenoms,
    s.nir,
    s.ne_le,
    s.ne_a,
    s.ne_departement,
    s.nationalite,
    CASE s.situation
        WHEN 'celibataire' THEN 'Célibataire'
        WHEN 'marie' THEN 'Marié(e)'
        WHEN 'pacse' THEN 'Pacsé(e)'
        WHEN 'divorce' THEN 'Divorcé(e)'
        WHEN 'veuf' THEN 'Veuf ou veuve'
        WHEN 'concubin' THEN 'En concubinage'
        ELSE s.situation
    END AS situation,
    s.enfants,
    s.opco AS caisse_formation,
    s.voie,
    s.complement,
    s.code_postal,
    s.commune,
    s.telephone,
    s.courriel,
    s.iban,
    s.bic,
    CASE WHEN coalesce(s.archive_le, e.archive_le, d.archive_le) IS NULL THEN 'Non' ELSE 'Oui' END
        AS archive,
    coalesce(s.archive_le, e.archive_le, d.archive_le) AS archive_le,
    (SELECT count(*) FROM contrat c WHERE c.salarie_id = s.id) AS nombre_contrats
FROM salarie s
JOIN employeur e ON e.id = s.employeur_id
JOIN dossier d ON d.id = e.dossier_id
