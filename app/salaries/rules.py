"""The employee's record and the employment contract: fields and what they must satisfy."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.noyau import champs as c
from app.noyau.champs import Champ
from app.noyau.erreurs import Avertissement, Constat
from app.noyau.periodes import FIN_OUVERTE, Periode, afficher_date
from app.noyau.typographie import sans_accents

IDENTITE = "identite"
COORDONNEES = "coordonnees"
BANQUE = "banque"

CIVILITES = (("mme", "Madame"), ("m", "Monsieur"))
SITUATIONS = (
    ("celibataire", "Célibataire"),
    ("marie", "Marié(e)"),
    ("pacse", "Pacsé(e)"),
    ("divorce", "Divorcé(e)"),
    ("veuf", "Veuf ou veuve"),
    ("concubin", "En concubinage"),
)

CHAMPS_SALARIE: tuple[Champ, ...] = (
    Champ("matricule", "Matricule", c.texte(20, largeur=12), IDENTITE),
    Champ(
        "civilite",
        "Civilité",
        c.choix(*CIVILITES),
        IDENTITE,
        obligatoire=True,
        synonymes=("titre", "sexe"),
    ),
    Champ(
        "nom_naissance",
        "Nom de naissance",
        c.texte(60),
        IDENTITE,
        obligatoire=True,
        synonymes=("nom",),
    ),
    Champ("nom_usage", "Nom d'usage", c.texte(60), IDENTITE, synonymes=("nom marital",)),
    Champ("prenoms", "Prénoms", c.texte(80), IDENTITE, obligatoire=True, synonymes=("prénom",)),
    Champ(
        "nir",
        "NIR (numéro de sécurité sociale)",
        c.NIR,
        IDENTITE,
        synonymes=("nir", "n° ss", "numéro de sécurité sociale"),
    ),
    Champ(
        "ne_le",
        "Date de naissance",
        c.DATE,
        IDENTITE,
        vide=None,
        synonymes=("né le", "née le", "naissance"),
    ),
    Champ("ne_a", "Commune de naissance", c.texte(80), IDENTITE, synonymes=("lieu de naissance",)),
    Champ(
        "ne_departement",
        "Département de naissance",
        c.texte(3, largeur=6),
        IDENTITE,
        aide="99 à l'étranger",
    ),
    Champ("nationalite", "Nationalité", c.texte(40, largeur=20), IDENTITE, vide="Française"),
    Champ("situation", "Situation de famille", c.choix(*SITUATIONS), IDENTITE),
    Champ("enfants", "Enfants à charge", c.entier(0, 20), IDENTITE, vide=0),
    Champ(
        "opco",
        "Caisse de formation",
        c.texte(60),
        IDENTITE,
        aide="vide : l'OPCO de l'employeur ; AFDAS pour un intermittent",
        synonymes=("opco", "opco du salarié"),
    ),
    Champ("voie", "Adresse", c.texte(), COORDONNEES, synonymes=("rue", "voie")),
    Champ("complement", "Complément d'adresse", c.texte(), COORDONNEES),
    Champ("code_postal", "Code postal", c.CODE_POSTAL, COORDONNEES, synonymes=("cp",)),
    Champ("commune", "Commune", c.texte(80), COORDONNEES, synonymes=("ville",)),
    Champ("telephone", "Téléphone", c.TELEPHONE, COORDONNEES, synonymes=("tél", "portable")),
    Champ("courriel", "Courriel", c.COURRIEL, COORDONNEES, synonymes=("email", "mail")),
    Champ("iban", "IBAN", c.IBAN, BANQUE),
    Champ("bic", "BIC", c.BIC, BANQUE),
)

AGE_MINIMAL = 14
CDI, CDD = "cdi", "cdd"
NATURES = ((CDI, "CDI"), (CDD, "CDD"))
CATEGORIES = (("non_cadre", "Non-cadre"), ("cadre", "Cadre"))
STATUTS_PAIE = (
    ("general", "Régime général"),
    ("sport_forfait", "Sport, base forfaitaire"),
    ("artiste", "Artiste du spectacle, taux réduits"),
)
MOTIFS_CDD = (
    ("remplacement", "Remplacement d'un salarié absent"),
    ("accroissement", "Accroissement temporaire d'activité"),
    ("saisonnier", "Emploi saisonnier"),
    ("usage", "CDD d'usage"),
    ("cee", "Contrat d'engagement éducatif"),
    ("insertion", "Contrat aidé ou d'insertion"),
)

CHAMPS_CONTRAT: tuple[Champ, ...] = (
    Champ(
        "nature",
        "Nature du contrat",
        c.choix(*NATURES),
        obligatoire=True,
        synonymes=("type de contrat", "contrat"),
    ),
    Champ(
        "debut_le",
        "Date de début",
        c.DATE,
        obligatoire=True,
        synonymes=("début", "embauche", "date d'embauche"),
    ),
    Champ(
        "fin_le",
        "Date de fin",
        c.DATE,
        vide=FIN_OUVERTE,
        aide="laissez vide pour un CDI en cours",
        synonymes=("fin", "date de sortie"),
    ),
    Champ("motif", "Motif du CDD", c.choix(*MOTIFS_CDD)),
    Champ("emploi", "Emploi", c.texte(80), obligatoire=True, synonymes=("poste", "fonction")),
    Champ("categorie", "Catégorie", c.choix(*CATEGORIES), vide="non_cadre", synonymes=("statut",)),
    Champ(
        "classification",
        "Classification",
        c.texte(60),
        aide="groupe, niveau ou coefficient",
        synonymes=("groupe", "coefficient"),
    ),
    Champ(
        "heures_centiemes",
        "Heures par mois",
        c.heures(21_700),
        obligatoire=True,
        aide="151,67 pour un temps plein",
        synonymes=("heures mensuelles", "horaire"),
    ),
    Champ(
        "salaire_centimes",
        "Salaire brut mensuel",
        c.euros(),
        obligatoire=True,
        aide="en euros, pour ces heures",
        synonymes=("salaire", "brut", "salaire de base"),
    ),
    Champ(
        "taux_pas_millioniemes",
        "Taux du prélèvement à la source",
        c.taux(430_000),
        vide=None,
        aide="vide : barème par défaut",
        synonymes=("taux pas", "pas"),
    ),
    Champ(
        "statut_paie",
        "Calcul des cotisations",
        c.choix(*STATUTS_PAIE, largeur=34),
        vide="general",
        synonymes=("régime de cotisations", "statut de paie"),
    ),
)


DANS_LA_CLE = ("nom_naissance", "nom_usage", "prenoms", "nir", "matricule")


def cle_salarie(valeurs: Mapping[str, Any]) -> str:
    """Return what a search for an employee looks in; lists are ordered by it.

    The name in use and the first names lead.
    """
    textes = {n: str(valeurs.get(n) or "") for n in DANS_LA_CLE}
    naissance, usage = textes["nom_naissance"], textes["nom_usage"]
    autre = naissance if usage else ""
    suite = (textes["prenoms"], autre, textes["nir"], textes["matricule"])
    return sans_accents(" ".join((usage or naissance, *suite)))


@dataclass(frozen=True, slots=True)
class SalarieResume:
    """A line of the list of employees."""

    id: int
    employeur_id: int
    employeur: str
    matricule: str
    nom: str
    prenoms: str
    nir: str
    emploi: str
    nature: str
    debut_le: date | None
    fin_le: date | None
    est_archive: bool


def _constat(code: str, message: str, remede: str, champ: str) -> Constat:
    return Constat(code, message, remede, champ)


def lire_salarie(
    saisie: Mapping[str, str], aujourd_hui: date
) -> tuple[dict[str, Any], list[Constat]]:
    """Read an employee's form: values, and what is wrong beside each field.

    The NIR must agree with the civilité and the date of birth (INSEE: sex, year, month).
    """
    valeurs, constats = c.lire_fiche(CHAMPS_SALARIE, saisie)
    naissance = valeurs.get("ne_le")
    if naissance is not None and not 1 <= aujourd_hui.year - naissance.year <= 110:
        remede = "Vérifiez l'année de naissance."
        constats.append(
            _constat("SAL-110", "Cette date de naissance n'est pas plausible.", remede, "ne_le")
        )
    constats += nir_concorde(valeurs)
    return valeurs, constats


def nir_concorde(valeurs: Mapping[str, Any]) -> list[Constat]:
    """Compare a NIR with sex and date of birth.

    Month codes from 20 on (unknown month) and provisional numbers (3, 4, 7, 8) are left out.
    """
    nir, naissance = valeurs.get("nir") or "", valeurs.get("ne_le")
    trouve: list[Constat] = []
    if not nir or nir[0] not in "12":
        return trouve
    if valeurs.get("civilite") and nir[0] != ("2" if valeurs["civilite"] == "mme" else "1"):
        message = "Le NIR ne correspond pas à la civilité (1 pour un homme, 2 pour une femme)."
        trouve.append(_constat("SAL-111", message, "Corrigez le NIR ou la civilité.", "nir"))
    mois = int(nir[3:5])
    if naissance and (
        int(nir[1:3]) != naissance.year % 100 or (mois <= 12 and mois != naissance.month)
    ):
        message = "Le NIR ne correspond pas à la date de naissance (année et mois)."
        trouve.append(_constat("SAL-112", message, "Corrigez le NIR ou la date.", "nir"))
    return trouve


def lire_contrat(saisie: Mapping[str, str]) -> tuple[dict[str, Any], list[Constat]]:
    """Read a contract's form: values, and what is wrong beside each field.

    A CDD has an end and a reason (Code du travail, art. L1242-12); an end never comes first.
    """
    valeurs, constats = c.lire_fiche(CHAMPS_CONTRAT, saisie)
    constats += c.ordre_des_dates(valeurs, "debut_le", "fin_le")
    if valeurs.get("nature") == CDD:
        if valeurs.get("fin_le") == FIN_OUVERTE:
            message = "Un CDD a une date de fin (ou la fin de sa durée minimale)."
            constats.append(_constat("SAL-120", message, "Renseignez la date de fin.", "fin_le"))
        if valeurs.get("motif") == "":
            message = "Un CDD a un motif."
            constats.append(_constat("SAL-121", message, "Choisissez le motif du CDD.", "motif"))
    elif valeurs.get("nature") == CDI:
        valeurs["motif"] = ""
    return valeurs, constats


def avertir_contrat(periode: Periode, autres: Sequence[Periode]) -> list[Avertissement]:
    """Return what deserves a confirmation: the same person's contracts overlap."""
    for autre in autres:
        commun = periode.intersection(autre)
        if commun is not None:
            message = (
                f"Un autre contrat de ce salarié couvre déjà les mêmes jours ({commun}). "
                "Deux contrats en même temps donnent deux bulletins."
            )
            return [Avertissement("SAL-201", message)]
    return []


def _age(naissance: date, jour: date) -> int:
    """Return the age in whole years on a day."""
    fete = (jour.month, jour.day) >= (naissance.month, naissance.day)
    return jour.year - naissance.year - (not fete)


def avertir_age(periode: Periode, naissance: date | None) -> list[Avertissement]:
    """Return a warning when the person was under 14 at hiring.

    Source:
        Code du travail, art. L4153-1 and D4153-1 (holiday work from 14 on).
    """
    if naissance is not None and _age(naissance, periode.debut) < AGE_MINIMAL:
        message = f"Le {afficher_date(periode.debut)}, ce salarié avait moins de {AGE_MINIMAL} ans."
        return [Avertissement("SAL-202", message)]
    return []


DU_CONTRAT = frozenset(c.nom for c in CHAMPS_CONTRAT)
"""Fields of a contract whose change is announced."""


def premier_jour_touche(
    champs: frozenset[str], avant: Mapping[str, Any], apres: Mapping[str, Any]
) -> date | None:
    """Return the first day that a change of a contract touches, None when nothing changed.

    A moved end touches the days from the earlier of both ends on; anything else the whole
    contract, since its fields have no date of their own.
    """
    if not champs & DU_CONTRAT:
        return None
    nom = "fin_le" if champs & DU_CONTRAT == {"fin_le"} else "debut_le"
    jours: tuple[date, date] = (avant[nom], apres[nom])
    return min(jours)
