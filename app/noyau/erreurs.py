"""Three kinds of trouble, never mixed: refusals, warnings, findings.

`ErreurMetier`: a refusal that a person can act on; one class each, with code, message and
remedy in French. Four families decide the answer everywhere (HTTP status, exit code 2).
`Avertissement`: may go on, once the person has confirmed its code.
`Constat`: a defect in data among many (a field of a form, a line of a spreadsheet).
Anything else is a bug.
"""

from dataclasses import dataclass
from typing import ClassVar

from app.noyau.typographie import typographier


class ErreurMetier(Exception):  # noqa: N818 -- the trade's word, French
    """A refusal with its code, message and remedy.

    Subclasses are dataclasses (`eq=False`) whose fields fill the braces of the texts.
    Codes are never used again for another refusal.
    """

    code: ClassVar[str] = "TEC-000"
    message: ClassVar[str] = ""
    remede: ClassVar[str] = ""
    champ: str | None = None
    statut: ClassVar[int] = 422

    def texte(self) -> str:
        """Return the message with its values, typeset."""
        return typographier(self.message.format(**vars(self)))

    def texte_remede(self) -> str:
        """Return what the person can do, typeset."""
        return typographier(self.remede.format(**vars(self)))

    def __str__(self) -> str:
        return self.texte()

    def en_donnees(self) -> dict[str, object]:
        """Return the canonical machine-readable shape (web and `--json`)."""
        return {
            "code": self.code,
            "message": self.texte(),
            "remede": self.texte_remede(),
            "champ": self.champ,
        }


class Refus(ErreurMetier):
    """What was asked cannot be done as it stands (422)."""


class Introuvable(ErreurMetier):
    """What was named does not exist, or no more (404)."""

    statut = 404


class Conflit(ErreurMetier):
    """Someone changed it meanwhile, or its state forbids the action (409)."""

    statut = 409


class Indisponible(ErreurMetier):
    """Disk, file, network or place cannot be used now (503)."""

    statut = 503


@dataclass(frozen=True, slots=True)
class Avertissement:
    """Something to confirm: the person may go on by naming the code."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Constat:
    """A defect in data: where, what, and what to do.

    `champ` is a field name; `ligne` a line number of a file (1 = first), 0 when none.
    """

    code: str
    message: str
    remede: str = ""
    champ: str = ""
    ligne: int = 0
    colonne: str = ""

    @classmethod
    def de_l_erreur(cls, erreur: ErreurMetier, champ: str = "") -> "Constat":
        """Return the finding that says what a refusal says, beside a field."""
        return cls(
            code=erreur.code,
            message=erreur.texte(),
            remede=erreur.texte_remede(),
            champ=champ or erreur.champ or "",
        )

    def en_donnees(self) -> dict[str, object]:
        """Return the machine-readable shape."""
        return {
            "code": self.code,
            "message": self.message,
            "remede": self.remede,
            "champ": self.champ or None,
            "ligne": self.ligne or None,
            "colonne": self.colonne or None,
        }


@dataclass(eq=False)
class DonneesRefusees(Refus):
    """A form or a record with one or more defects; nothing was written."""

    code = "TEC-100"
    message = "{resume}"
    remede = "Corrigez les champs signalés, puis enregistrez de nouveau ; rien n'a été modifié."

    constats: tuple[Constat, ...]

    @property
    def resume(self) -> str:
        """One sentence that counts the defects, or says the only one."""
        if len(self.constats) == 1:
            return self.constats[0].message
        return f"{len(self.constats)} champs sont à corriger."

    def texte(self) -> str:
        """Return the summary."""
        return typographier(self.resume)

    def en_donnees(self) -> dict[str, object]:
        """Return the canonical shape with every finding."""
        return {
            "code": self.code,
            "message": self.texte(),
            "remede": self.texte_remede(),
            "champ": next((c.champ for c in self.constats if c.champ), None),
            "constats": [c.en_donnees() for c in self.constats],
        }


@dataclass(eq=False)
class ConfirmationRequise(Conflit):
    """The action goes on only when the person confirms the warnings."""

    code = "TEC-101"
    message = "{resume}"
    remede = "Vérifiez, puis confirmez si c'est bien ce que vous voulez."

    avertissements: tuple[Avertissement, ...]

    def texte(self) -> str:
        """Return the warnings, one after the other."""
        return typographier(" ".join(a.message for a in self.avertissements))

    def en_donnees(self) -> dict[str, object]:
        """Return the canonical shape with the codes to confirm."""
        return {
            "code": self.code,
            "message": self.texte(),
            "remede": self.texte_remede(),
            "champ": None,
            "a_confirmer": [a.code for a in self.avertissements],
        }


def exiger_confirmation(
    avertissements: list[Avertissement], confirmes: frozenset[str] | set[str]
) -> None:
    """Stop unless each warning's code is among the confirmed ones.

    Raises:
        ConfirmationRequise: at least one warning is not confirmed.
    """
    restants = tuple(a for a in avertissements if a.code not in confirmes)
    if restants:
        raise ConfirmationRequise(restants)
