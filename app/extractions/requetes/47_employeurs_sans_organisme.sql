/*---
numero: 47
titre: Employeurs sans organisme
theme: Contrôles
description: >-
  Les employeurs en activité pour qui il manque l'Urssaf, la retraite complémentaire, la
  prévoyance, la mutuelle, la formation, le centre des impôts ou la médecine du travail dans «
  Identification des organismes ».
parametres:
  - {nom: dossier, libelle: Dossier de travail, type: dossier, tous: true, defaut: tous}
colonnes:
  manque: {libelle: Ce qui manque, largeur: 26}
  dossier: {largeur: 18}
  raison_sociale: {largeur: 34}
---*/
WITH natures(nature_code, manque) AS (
    VALUES
        ('urssaf', 'Urssaf'),
        ('retraite', 'Retraite complémentaire'),
        ('prevoyance', 'Prévoyance'),
        ('mutuelle', 'Mutuelle'),
        ('formation', 'Formation professionnelle'),
        ('impots', 'Centre des impôts'),
        ('medecine', 'Médecine du travail')
)
SELECT e.dossier, e.raison_sociale, n.manque, e.nombre_salaries
FROM vue_employeurs e
CROSS JOIN natures n
LEFT JOIN vue_organismes_employeurs o
    ON o.employeur_id = e.employeur_id AND o.nature_code = n.nature_code
WHERE e.archive = 'Non'
  AND (:dossier IS NULL OR e.dossier_id = :dossier)
  AND o.ligne_id IS NULL
ORDER BY sans_accents(e.raison_sociale), e.employeur_id, n.manque
