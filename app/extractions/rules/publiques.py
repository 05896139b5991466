"""The views as a person's own queries see them: euros, hours, days and percents as decimals.

Rules:
- A column that counts hundredths or millionths in the base has a name without its unit, and a
  decimal value: `brut_centimes` is `brut`, in euros. All other columns are the same.
- A rate is in percent, and its name says it is one: `patronal_millioniemes` is `taux_patronal`.
- The quotient of a whole number by 100 or 10 000 is the double nearest to the decimal, so that
  `brut = 1234.56` finds it and that it comes back to the same whole number of centimes.

See: decisions/0016-own-queries-in-euros.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from app.extractions.rules.colonnes import TypeColonne, type_par_suffixe
from app.extractions.rules.entete import Vue

_UNITES = ("_centimes", "_centiemes", "_millioniemes", "_cjours", "_cetp")
_AUTREMENT = {"base_centimes": "salaire_de_base"}
"""Names whose short form means something else in another view."""
_EN_MOTS = {
    TypeColonne.TEXTE: "texte",
    TypeColonne.IDENTIFIANT: "chiffres en texte",
    TypeColonne.ENTIER: "nombre entier",
    TypeColonne.NUMERO: "numéro",
    TypeColonne.MONTANT: "euros",
    TypeColonne.TAUX: "pour cent",
    TypeColonne.HEURES: "heures",
    TypeColonne.DECIMAL: "jours",
    TypeColonne.DATE: "date AAAA-MM-JJ",
}


@dataclass(frozen=True, slots=True)
class ColonnePublique:
    """A column of a public view, and the column of the base's own view that it comes from."""

    nom: str
    source: str
    libelle: str
    type: TypeColonne

    @property
    def unite(self) -> str:
        """What a value is, in words: « euros », « date AAAA-MM-JJ »."""
        return _EN_MOTS[self.type]

    @property
    def expression(self) -> str:
        """The SQL that gives it."""
        if self.nom == self.source:
            return self.nom
        return f"{self.source} / {10**self.type.decimales}.0 AS {self.nom}"


def nom_public(nom: str) -> str:
    """Return the name of a column in a person's own queries.

    >>> nom_public("brut_centimes"), nom_public("patronal_millioniemes"), nom_public("nom")
    ('brut', 'taux_patronal', 'nom')
    """
    if nom in _AUTREMENT:
        return _AUTREMENT[nom]
    for unite in _UNITES:
        if nom.endswith(unite):
            court = nom.removesuffix(unite)
            est_taux = unite == "_millioniemes" and not court.startswith("taux")
            return f"taux_{court}" if est_taux else court
    return nom


def colonnes_publiques(vue: Vue) -> tuple[ColonnePublique, ...]:
    """Return the columns of a view as a person's own queries see them, in order."""
    return tuple(
        ColonnePublique(nom_public(nom), nom, libelle, type_par_suffixe(nom))
        for nom, libelle in vue.colonnes.items()
    )


def dictionnaire_public(vues: Iterable[Vue]) -> dict[str, ColonnePublique]:
    """Return every public column by its name, which means the same in each view."""
    return {c.nom: c for vue in vues for c in colonnes_publiques(vue)}
