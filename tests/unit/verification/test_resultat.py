"""The result of a verification."""

from app.verification.rules import Controle, Verification


def test_one_defect_is_enough() -> None:
    """All checks must be good; defects are counted."""
    bonne = Verification((Controle("A"), Controle("B")))
    mauvaise = Verification((Controle("A"), Controle("B", ("x", "y"))))
    assert bonne.est_bonne
    assert not mauvaise.est_bonne
    assert (bonne.defauts, mauvaise.defauts) == (0, 2)
    assert mauvaise.en_donnees() == {
        "bonne": False,
        "controles": [{"nom": "A", "defauts": []}, {"nom": "B", "defauts": ["x", "y"]}],
    }
