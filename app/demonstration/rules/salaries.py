"""Drawing an employee: civil status, address, bank, with what may be missing."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from app.demonstration.rules import cles
from app.demonstration.rules.contrats import Contrat, Fenetre, tirer_contrats
from app.demonstration.rules.matiere import Emploi, Lieu, Matiere, Metier
from app.demonstration.rules.textes import en_adresse
from app.demonstration.rules.tirage import Tirage
from app.noyau.periodes import FIN_OUVERTE

_SITUATIONS = (  # the last one not before 45
    ("celibataire", 36),
    ("marie", 34),
    ("pacse", 11),
    ("concubin", 9),
    ("divorce", 8),
    ("veuf", 2),
)
_ENFANTS = ((0, 30), (1, 26), (2, 30), (3, 11), (4, 3))


@dataclass(frozen=True, slots=True)
class SalarieTire:
    """An employee and the contracts, as values of the columns."""

    fiche: dict[str, Any]
    contrats: tuple[Contrat, ...]


def tirer_salarie(
    tirage: Tirage, matiere: Matiere, metier: Metier, lieu: Lieu, fenetre: Fenetre
) -> SalarieTire:
    """Return an employee of an association of that métier and place."""
    emploi = tirage.peser(metier.emplois)
    femme = tirage.chance(emploi.femmes)
    contrats = tirer_contrats(tirage, matiere, metier, emploi, fenetre, femme=femme)
    naissance = _naissance(tirage, emploi, contrats[0], fenetre.limite)
    fiche = (
        _etat_civil(tirage, matiere, lieu, naissance, femme=femme)
        | _famille(tirage, naissance, fenetre.limite)
        | _coordonnees(tirage, matiere, lieu)
    )
    if fiche["situation"] == "marie" and femme and tirage.chance(60):
        fiche["nom_usage"] = tirage.nom()
    nom = fiche["nom_usage"] or fiche["nom_naissance"]
    adresse = f"{en_adresse(fiche['prenoms'].split()[0])}.{en_adresse(nom)}@courriel.example"
    fiche["courriel"] = adresse if tirage.chance(75) else ""
    fiche["archive_le"] = _archive_le(tirage, contrats, fenetre)
    return SalarieTire(fiche, tuple(contrats))


def _naissance(tirage: Tirage, emploi: Emploi, premier: Contrat, limite: date) -> date:
    """Return a birth that makes the person 18 at least when hired, 64 at most today."""
    debut: date = premier["debut_le"]
    plus_ages = 62 - (limite.year - debut.year)
    if premier["motif"] == "cee":
        age = tirage.entier(19, 26)
    else:
        age = tirage.entier(30 if emploi.est_cadre else 20, max(31, plus_ages))
    jour = date(debut.year - age, 1, 1)
    return jour + timedelta(days=tirage.entier(0, 364))


def _etat_civil(
    tirage: Tirage, matiere: Matiere, lieu: Lieu, naissance: date, *, femme: bool
) -> dict[str, Any]:
    prenoms = tirage.prenom(femme=femme)
    second = tirage.prenom(femme=femme)
    if second != prenoms and tirage.chance(20):
        prenoms = f"{prenoms} {second}"
    fiche: dict[str, Any] = {
        "civilite": "mme" if femme else "m",
        "nom_naissance": tirage.nom(),
        "nom_usage": "",
        "prenoms": prenoms,
        "ne_le": naissance,
        "nationalite": "Française",
    }
    if tirage.chance(9):
        pays = tirage.peser(matiere.pays)
        insee, ville = pays.insee, pays.lieu
        if tirage.chance(55):
            fiche["nationalite"] = pays.nationalite
    else:
        ne_ici = lieu if tirage.chance(45) else tirage.peser(matiere.lieux)
        insee, ville = ne_ici.insee, ne_ici.lieu
    fiche["ne_departement"] = cles.departement(insee)
    fiche["ne_a"] = "" if tirage.chance(2) else ville
    nir = tirage.inedit(lambda: cles.nir(tirage, naissance, insee, femme=femme))
    fiche["nir"] = "" if tirage.chance(2) else nir
    return fiche


def _famille(tirage: Tirage, naissance: date, limite: date) -> dict[str, Any]:
    age = limite.year - naissance.year
    if age < 24:
        return {"situation": "celibataire", "enfants": 0}
    situation = tirage.peser(_SITUATIONS if age >= 45 else _SITUATIONS[:-1])
    enfants = 0 if situation == "celibataire" else tirage.peser(_ENFANTS)
    return {"situation": situation, "enfants": min(enfants, (age - 20) // 4)}


def _coordonnees(tirage: Tirage, matiere: Matiere, lieu: Lieu) -> dict[str, Any]:
    banque = tirage.choisir(matiere.banques)
    iban = "" if tirage.chance(3) else tirage.inedit(lambda: cles.iban(tirage, banque))
    return {
        "voie": f"{tirage.entier(1, 140)} {tirage.choisir(matiere.voies)}",
        "complement": f"Appartement {tirage.entier(1, 48)}" if tirage.chance(12) else "",
        "code_postal": lieu.code_postal,
        "commune": lieu.commune,
        "telephone": cles.telephone(tirage, mobile=True) if tirage.chance(85) else "",
        "iban": iban,
        "bic": banque.bic if iban else "",
    }


def _archive_le(tirage: Tirage, contrats: list[Contrat], fenetre: Fenetre) -> date | None:
    """Return the day when the record of somebody long gone left the lists."""
    fin: date = contrats[-1]["fin_le"]
    if fin == FIN_OUVERTE or (fenetre.limite - fin).days < 200 or not tirage.chance(70):
        return None
    return tirage.jour(fin + timedelta(days=30), fenetre.limite)
