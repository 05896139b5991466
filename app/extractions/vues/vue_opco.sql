/*---
titre: Correspondance OPCO
description: >-
  L'OPCO de chaque convention collective, par période, premier et dernier jour compris. Une fin
  inconnue est NULL.
colonnes:
  idcc: IDCC
  opco_code: Code OPCO
  opco: OPCO
  opco_officiel: Nom officiel de l'OPCO
  debut_le: Début
  fin_le: Fin
---*/
SELECT
    k.idcc,
    o.code AS opco_code,
    o.libelle AS opco,
    o.nom_officiel AS opco_officiel,
    k.debut_le,
    nullif(k.fin_le, '9999-12-31') AS fin_le
FROM opco_correspondance k
JOIN opco o ON o.code = k.opco_code
