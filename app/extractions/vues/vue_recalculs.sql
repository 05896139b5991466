/*---
titre: Raisons de recalcul
description: >-
  Pourquoi un bulletin validé est à recalculer, ou à régulariser quand son année est close :
  le motif, le premier jour concerné et le jour où le changement a été fait.
colonnes:
  bulletin_id: Numéro de bulletin
  motif_recalcul: Motif du recalcul
  depuis_le: Depuis le
  signale_le: Signalé le
---*/
SELECT
    bulletin_id,
    motif AS motif_recalcul,
    depuis AS depuis_le,
    date(signale_a) AS signale_le
FROM raison_recalcul
