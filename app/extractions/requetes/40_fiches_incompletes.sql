/*---
numero: 40
titre: Fiches incomplètes
theme: Contrôles
description: >-
  Une ligne pour chaque renseignement qui manque à un employeur ou à un salarié en activité,
  avec ce qu'il faut faire.
parametres:
  - {nom: dossier, libelle: Dossier de travail, type: dossier, tous: true, defaut: tous}
  - nom: fiches
    libelle: Fiches à contrôler
    type: choix
    choix: {toutes: Employeurs et salariés, employeurs: Employeurs, salaries: Salariés}
    defaut: toutes
colonnes:
  dossier: {largeur: 18}
  raison_sociale: {largeur: 34}
  fiche: {libelle: Fiche, largeur: 11}
  personne: {libelle: Salarié, largeur: 28}
  manque: {libelle: Ce qui manque, largeur: 28}
  a_faire: {libelle: À faire, largeur: 62}
---*/
WITH lacunes AS (
    SELECT employeur_id, 0 AS salarie_id, 1 AS rang, 'SIRET' AS manque,
        'Saisissez-le dans la fiche administrative employeur (avis SIRENE).' AS a_faire
    FROM vue_employeurs WHERE siret = '' AND archive = 'Non'
    UNION ALL
    SELECT employeur_id, 0, 2, 'Convention collective',
        'Choisissez-la dans la fiche employeur, onglet « Convention collective ».'
    FROM vue_employeurs WHERE idcc = '' AND archive = 'Non'
    UNION ALL
    SELECT employeur_id, 0, 3, 'OPCO',
        'Choisissez-le dans la fiche employeur, onglet « Formation professionnelle ».'
    FROM vue_employeurs WHERE opco = '' AND archive = 'Non'
    UNION ALL
    SELECT employeur_id, 0, 4, 'Taux AT/MP',
        'Reportez le taux notifié par la CARSAT dans la fiche employeur.'
    FROM vue_employeurs WHERE taux_at_millioniemes IS NULL AND archive = 'Non'
    UNION ALL
    SELECT employeur_id, 0, 5, 'Code NAF', 'Reportez le code NAF de l''avis SIRENE.'
    FROM vue_employeurs WHERE naf = '' AND archive = 'Non'
    UNION ALL
    SELECT employeur_id, 0, 6, 'Adresse', 'Complétez l''adresse, le code postal et la commune.'
    FROM vue_employeurs
    WHERE (voie = '' OR code_postal = '' OR commune = '') AND archive = 'Non'
    UNION ALL
    SELECT employeur_id, 0, 7, 'IBAN', 'Saisissez le compte qui paie les salaires.'
    FROM vue_employeurs WHERE iban = '' AND archive = 'Non'
    UNION ALL
    SELECT employeur_id, salarie_id, 11, 'NIR',
        'Demandez l''attestation de droits ou la carte Vitale, puis saisissez le NIR.'
    FROM vue_salaries WHERE nir = '' AND archive = 'Non'
    UNION ALL
    SELECT employeur_id, salarie_id, 12, 'Date de naissance',
        'Saisissez-la dans la fiche administrative salarié.'
    FROM vue_salaries WHERE ne_le IS NULL AND archive = 'Non'
    UNION ALL
    SELECT employeur_id, salarie_id, 13, 'Commune de naissance',
        'Saisissez-la : la déclaration sociale nominative la demande.'
    FROM vue_salaries WHERE ne_a = '' AND archive = 'Non'
    UNION ALL
    SELECT employeur_id, salarie_id, 14, 'Adresse',
        'Complétez l''adresse, le code postal et la commune.'
    FROM vue_salaries
    WHERE (voie = '' OR code_postal = '' OR commune = '') AND archive = 'Non'
    UNION ALL
    SELECT employeur_id, salarie_id, 15, 'IBAN',
        'Demandez un relevé d''identité bancaire pour le virement du salaire.'
    FROM vue_salaries WHERE iban = '' AND archive = 'Non'
    UNION ALL
    SELECT employeur_id, salarie_id, 16, 'Contrat de travail',
        'Ajoutez son contrat, ou archivez la fiche si la personne n''est plus salariée.'
    FROM vue_salaries WHERE nombre_contrats = 0 AND archive = 'Non'
)
SELECT
    e.dossier,
    e.raison_sociale,
    iif(l.salarie_id = 0, 'Employeur', 'Salarié') AS fiche,
    s.nom || ' ' || s.prenoms AS personne,
    l.manque,
    l.a_faire
FROM lacunes l
JOIN vue_employeurs e ON e.employeur_id = l.employeur_id
LEFT JOIN vue_salaries s ON s.salarie_id = l.salarie_id
WHERE (:dossier IS NULL OR e.dossier_id = :dossier)
  AND (:fiches = 'toutes' OR (:fiches = 'employeurs') = (l.salarie_id = 0))
ORDER BY sans_accents(e.dossier), sans_accents(e.raison_sociale), e.employeur_id,
    l.salarie_id > 0, sans_accents(s.nom), sans_accents(s.prenoms), l.salarie_id, l.rang
