"""The livre de paie of a month, for everybody, a dossier or an employer."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select

from app.employeurs import service as employeurs
from app.noyau.periodes import Mois
from app.noyau.typographie import sans_accents
from app.paie.documents import livre_pdf, livre_xlsx
from app.paie.errors import RienAImprimer
from app.paie.models import Bulletin, LigneBulletin
from app.paie.rules.etats import COURANTS, Etat
from app.paie.rules.imprimes import ORGANISMES
from app.paie.rules.livre import LigneLivre, Livre, Montants, TotalCotisation
from app.paie.service.a_imprimer import nommer
from app.paie.service.portee import Portee
from app.salaries import service as salaries
from app.socle.fichiers import preparer_dossier, remplacer
from app.socle.horloge import PARIS
from app.socle.transaction import Transaction

_MONTANTS = (
    *(Bulletin.brut_centimes, Bulletin.cotisations_salarie_centimes),
    *(Bulletin.montant_net_social_centimes, Bulletin.net_imposable_centimes),
    *(Bulletin.impot_centimes, Bulletin.net_a_payer_centimes),
    *(Bulletin.cotisations_employeur_centimes, Bulletin.cout_employeur_centimes),
)


@dataclass(frozen=True, slots=True)
class FormatLivre:
    """One way to write the livre; `mime` names it to browsers."""

    code: str
    mime: str
    ecrire: Callable[[Livre], bytes]


FORMATS = {
    "xlsx": FormatLivre("xlsx", livre_xlsx.MIME, livre_xlsx.octets),
    "pdf": FormatLivre("pdf", livre_pdf.MIME, livre_pdf.octets),
}


@dataclass(frozen=True, slots=True)
class LivrePret:
    """A file ready to be sent."""

    nom: str
    mime: str
    contenu: bytes


def lire_livre(t: Transaction, mois: Mois, portee: Portee) -> Livre:
    """Return the livre de paie of a month.

    Raises:
        RienAImprimer: no bulletin was computed.
    """
    lignes = _lignes(t, mois, portee)
    if not lignes:
        raise RienAImprimer(mois.en_toutes_lettres)
    fait_a = t.maintenant.astimezone(PARIS)
    return Livre(mois, nommer(t, portee), fait_a, lignes, _cotisations(t, mois, portee))


def preparer_livre(t: Transaction, mois: Mois, portee: Portee, code: str) -> LivrePret:
    """Return the livre de paie as a file, in a format of `FORMATS` (XLSX when unknown).

    Raises:
        RienAImprimer: no bulletin was computed.
    """
    genre = FORMATS.get(code, FORMATS["xlsx"])
    contenu = genre.ecrire(lire_livre(t, mois, portee))
    return LivrePret(f"livre-de-paie-{mois}.{genre.code}", genre.mime, contenu)


def ecrire_livre(t: Transaction, mois: Mois, portee: Portee, code: str, vers: Path) -> Path:
    """Write the livre de paie in a folder; returns where.

    Raises:
        RienAImprimer: no bulletin was computed.
        DossierIllisible, DisquePlein: the folder cannot be written.
    """
    livre = preparer_livre(t, mois, portee, code)
    preparer_dossier(vers)
    with remplacer(vers / livre.nom) as provisoire:
        provisoire.write_bytes(livre.contenu)
    return vers / livre.nom


def _lignes(t: Transaction, mois: Mois, portee: Portee) -> tuple[LigneLivre, ...]:
    b = Bulletin
    requete = select(b.employeur_id, b.salarie_id, b.contrat_id, b.etat, *_MONTANTS).where(
        b.annee == mois.annee,
        b.mois == mois.mois,
        b.etat.in_([str(e) for e in COURANTS]),
        *portee.conditions(),
    )
    lues = list(t.session.execute(requete))
    noms = employeurs.designations(t, [li.employeur_id for li in lues])
    fiches = salaries.valeurs_en_masse(t, [li.salarie_id for li in lues])
    contrats = salaries.valeurs_contrats_en_masse(t, [li.contrat_id for li in lues])
    lignes = []
    for employeur, salarie, contrat, etat, *montants in lues:
        s = fiches[salarie]
        lignes.append(
            LigneLivre(
                employeur,
                noms[employeur],
                s["matricule"],
                f"{(s['nom_usage'] or s['nom_naissance']).upper()} {s['prenoms']}",
                contrats[contrat]["emploi"],
                Etat(etat).en_mots,
                Montants(*montants),
            )
        )
    cle = [(sans_accents(li.employeur), li.employeur_id, sans_accents(li.nom)) for li in lignes]
    return tuple(lignes[i] for i in sorted(range(len(lignes)), key=cle.__getitem__))


def _cotisations(t: Transaction, mois: Mois, portee: Portee) -> tuple[TotalCotisation, ...]:
    li = LigneBulletin
    sommes = (li.assiette_centimes, li.montant_salarial_centimes, li.montant_patronal_centimes)
    requete = (
        select(li.organisme, li.libelle, func.count(), *(func.sum(c) for c in sommes))
        .join(Bulletin, Bulletin.id == li.bulletin_id)
        .where(
            Bulletin.annee == mois.annee,
            Bulletin.mois == mois.mois,
            Bulletin.etat.in_([str(e) for e in COURANTS]),
            *portee.conditions(),
        )
        .group_by(li.organisme, li.code, li.libelle)
        .order_by(func.min(li.rang), li.code)
    )
    rangs = list(ORGANISMES)
    lues = sorted(
        t.session.execute(requete),
        key=lambda ligne: rangs.index(ligne[0]) if ligne[0] in rangs else len(rangs),
    )
    return tuple(
        TotalCotisation(ORGANISMES.get(organisme, organisme), libelle, *map(int, nombres))
        for organisme, libelle, *nombres in lues
    )
