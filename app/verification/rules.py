"""What a verification says: its checks, each with what was found."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Controle:
    """One check: its French name, what it found (empty when all is well)."""

    nom: str
    defauts: tuple[str, ...] = ()

    @property
    def est_bon(self) -> bool:
        """Tell whether nothing is wrong."""
        return not self.defauts


@dataclass(frozen=True, slots=True)
class Verification:
    """All checks, in the order they were made."""

    controles: tuple[Controle, ...]

    @property
    def est_bonne(self) -> bool:
        """Tell whether every check found nothing."""
        return all(c.est_bon for c in self.controles)

    @property
    def defauts(self) -> int:
        """How many defects were found."""
        return sum(len(c.defauts) for c in self.controles)

    def en_donnees(self) -> dict[str, object]:
        """Return the machine-readable shape."""
        return {
            "bonne": self.est_bonne,
            "controles": [{"nom": c.nom, "defauts": list(c.defauts)} for c in self.controles],
        }
