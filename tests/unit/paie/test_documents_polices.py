"""The fonts that are shipped are those that their README names."""

import hashlib
import re

from app.paie.documents.papier import FICHIERS, POLICES, composer

TAILLE_MAX = 1_000_000


def test_the_fonts_are_those_of_the_readme() -> None:
    """Unchanged since they came: the digest of each is written beside its version and licence."""
    lisez_moi = (POLICES / "README.md").read_text(encoding="utf-8")
    decrites = dict(re.findall(r"^\| (\S+\.ttf) .*\| ([0-9a-f]{64}) \|", lisez_moi, re.MULTILINE))
    presentes = {f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in POLICES.glob("*.ttf")}
    assert decrites == presentes
    assert {f.name for f in FICHIERS.values()} == presentes.keys()
    assert "Apache License" in (POLICES / "LICENCE.txt").read_text(encoding="utf-8")


def test_the_fonts_are_light() -> None:
    """They travel in every bundle."""
    assert sum(f.stat().st_size for f in POLICES.iterdir()) < TAILLE_MAX


def test_the_fonts_draw_all_of_french() -> None:
    """Accents, ligatures, quotes, dashes, the euro."""
    texte = "ÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸÆŒàâäçéèêëîïôöùûüÿæœ«»’“”–—…€°−×"
    assert composer(texte).replace("\u00a0", "").replace("\u2009", "") == texte
