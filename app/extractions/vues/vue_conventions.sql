/*---
titre: Conventions collectives
description: Les conventions collectives connues, par leur IDCC (quatre caractères).
colonnes:
  idcc: IDCC
  convention: Convention collective
  convention_courte: Titre court
  etat: État
  cloturee_le: Close le
  remplacee_par: Remplacée par
  associative: Branche associative
---*/
SELECT
    idcc,
    titre AS convention,
    titre_court AS convention_courte,
    etat,
    cloturee_le,
    remplacee_par,
    CASE WHEN associative THEN 'Oui' ELSE 'Non' END AS associative
FROM convention_collective
