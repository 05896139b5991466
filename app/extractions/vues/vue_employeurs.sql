/*---
titre: Employeurs
description: >-
  Les employeurs et leur fiche administrative. Un employeur est archivé quand lui-même ou son
  dossier l'est. Un texte non renseigné est vide.
colonnes:
  employeur_id: Numéro d'employeur
  dossier_id: Numéro de dossier
  dossier: Dossier
  raison_sociale: Employeur
  sigle: Sigle
  forme: Forme juridique
  siret: SIRET
  naf: Code NAF
  rna: Numéro RNA
  creee_le: Créée le
  voie: Adresse
  complement: Complément d'adresse
  code_postal: Code postal
  commune: Commune
  telephone: Téléphone
  courriel: Courriel
  representant: Représentant légal
  qualite: Qualité du représentant
  effectif: Effectif
  premiere_embauche_le: Première embauche
  cesse_le: Activité cessée le
  taux_at_millioniemes: Taux AT/MP
  idcc: IDCC
  opco: OPCO
  opco_adherent: Numéro d'adhérent OPCO
  opco_depuis_le: Adhésion OPCO le
  titulaire: Titulaire du compte
  iban: IBAN
  bic: BIC
  archive: Archivé
  archive_le: Archivé le
  nombre_salaries: Salariés
---*/
SELECT
    e.id AS employeur_id,
    e.dossier_id,
    d.nom AS dossier,
    e.raison_sociale,
    e.sigle,
    CASE e.forme
        WHEN 'association' THEN 'Association loi 1901'
        WHEN 'association_rup' THEN 'Association reconnue d''utilité publique'
        WHEN 'alsace_moselle' THEN 'Association de droit local (Alsace-Moselle)'
        WHEN 'fondation' THEN 'Fondation'
        WHEN 'comite' THEN 'Comité social et économique'
        WHEN 'autre' THEN 'Autre organisme sans but lucratif'
        ELSE e.forme
    END AS forme,
    e.siret,
    e.naf,
    e.rna,
    e.creee_le,
    e.voie,
    e.complement,
    e.code_postal,
    e.commune,
    e.telephone,
    e.courriel,
    e.representant,
    e.qualite,
    e.effectif,
    e.premiere_embauche_le,
    e.cesse_le,
    e.taux_at_millioniemes,
    e.idcc,
    e.opco,
    e.opco_adherent,
    e.opco_depuis_le,
    e.titulaire,
    e.iban,
    e.bic,
    CASE WHEN coalesce(e.archive_le, d.archive_le) IS NULL THEN 'Non' ELSE 'Oui' END AS archive,
    coalesce(e.archive_le, d.archive_le) AS archive_le,
    (SELECT count(*) FROM salarie s WHERE s.employeur_id = e.id) AS nombre_salaries
FROM employeur e
JOIN dossier d ON d.id = e.dossier_id
