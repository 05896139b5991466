"""Each query against an independent computation, in Python, over the tables."""

from datetime import date
from typing import Any

import pytest

from app.extractions import service
from app.extractions.rules import Presentation
from app.noyau.typographie import sans_accents
from tests.conftest import LE_JOUR

FIN = "9999-12-31"
MOTIFS = {
    "remplacement": "Remplacement d'un salarié absent",
    "accroissement": "Accroissement temporaire d'activité",
    "saisonnier": "Emploi saisonnier",
    "usage": "CDD d'usage",
    "cee": "Contrat d'engagement éducatif",
    "insertion": "Contrat aidé ou d'insertion",
}
FORMES = {"cadre": "Cadre", "non_cadre": "Non-cadre"}
COLONNES_1 = (
    *("raison_sociale", "siret", "naf", "idcc", "opco", "taux_at_millioniemes", "effectif"),
    *("code_postal", "commune", "telephone", "courriel", "representant", "creee_le"),
)
Ligne = dict[str, Any]


class Base:
    """The tables of a base, joined by hand."""

    def __init__(self, atelier: Any) -> None:
        self.dossiers = {d["id"]: d for d in atelier.table("dossier")}
        self.employeurs = {e["id"]: e for e in atelier.table("employeur")}
        self.salaries = {s["id"]: s for s in atelier.table("salarie")}
        self.contrats = atelier.table("contrat")
        self.conventions = {c["idcc"]: c for c in atelier.table("convention_collective")}
        self.correspondances = atelier.table("opco_correspondance")
        self.opco = {o["code"]: o for o in atelier.table("opco")}

    def archive(self, *fiches: Ligne) -> str:
        """Say whether one of the records is archived."""
        return "Oui" if any(f["archive_le"] for f in fiches) else "Non"

    def employeur(self, e: Ligne) -> tuple[Ligne, str]:
        """Return the dossier of an employer, and whether the employer is archived."""
        dossier = self.dossiers[e["dossier_id"]]
        return dossier, self.archive(e, dossier)

    def nom(self, s: Ligne) -> str:
        """Return the name in use."""
        return str(s["nom_usage"] or s["nom_naissance"])


def vide(valeur: Any) -> Any:
    """Return nothing for an empty text and an open end."""
    return None if valeur in {"", FIN} else valeur


def ajouter_un_dossier(atelier: Any) -> None:
    """Add a second dossier, archived, so that dossiers make a difference."""
    from app.employeurs import service as employeurs

    with atelier.programme.transaction() as t:
        autre = employeurs.creer_dossier(t, {"nom": "Été 2025"})
        saisie = {"raison_sociale": "École de voile", "forme": "association", "idcc": "2511"}
        employeurs.creer_employeur(t, autre, saisie)
        saisie = {"raison_sociale": "Élan sans convention", "forme": "association"}
        employeurs.creer_employeur(t, autre, saisie)
        employeurs.archiver_dossier(t, autre, archive=True)


@pytest.mark.parametrize("archives", ["sans", "avec", "seuls"])
def test_query_1_lists_employers(atelier: Any, archives: str) -> None:
    """Every employer asked for, with the count of its employees, in the order of names."""
    ajouter_un_dossier(atelier)
    base = Base(atelier)
    attendu = []
    for e in base.employeurs.values():
        dossier, archive = base.employeur(e)
        if archives != "avec" and (archive == "Oui") != (archives == "seuls"):
            continue
        nombre = sum(s["employeur_id"] == e["id"] for s in base.salaries.values())
        ligne = {"dossier": dossier["nom"], "nombre_salaries": nombre, "archive": archive}
        ligne |= {c: vide(e[c]) for c in COLONNES_1}
        attendu.append((sans_accents(dossier["nom"]), sans_accents(e["raison_sociale"]), ligne))

    lignes = atelier.lignes(atelier.executer(1, archives=archives))

    assert lignes == [ligne for *_, ligne in sorted(attendu, key=lambda a: a[:2])]


def test_query_1_searches_a_town_whatever_its_accents(atelier: Any) -> None:
    """Part of the name is enough."""
    lignes = atelier.lignes(atelier.executer(1, commune="EVRY", archives="avec"))
    villes = {e["commune"] for e in atelier.table("employeur")}
    assert (
        {ligne["commune"] for ligne in lignes}
        == {v for v in villes if "evry" in sans_accents(v)}
        != set()
    )


@pytest.mark.parametrize("saisie", [{}, {"archives": "avec"}, {"du": "01/01/2024", "au": "2024"}])
def test_query_10_lists_employees(atelier: Any, saisie: dict[str, str]) -> None:
    """All of them, or those with a contract between two days, bounds included."""
    if "du" in saisie:
        saisie = {"du": "01/01/2024", "au": "31/12/2024", "archives": "avec"}
    base = Base(atelier)
    attendu = []
    for s in base.salaries.values():
        e = base.employeurs[s["employeur_id"]]
        dossier, _ = base.employeur(e)
        archive = base.archive(s, e, dossier)
        contrats = [c for c in base.contrats if c["salarie_id"] == s["id"]]
        if archive == "Oui" and "archives" not in saisie:
            continue
        if "du" in saisie and not any(
            c["debut_le"] <= "2024-12-31" and c["fin_le"] >= "2024-01-01" for c in contrats
        ):
            continue
        attendu.append((e["raison_sociale"], vide(s["matricule"]), base.nom(s), vide(s["nir"])))

    lignes = atelier.lignes(atelier.executer(10, **saisie))

    colonnes = ("raison_sociale", "matricule", "nom", "nir")
    recues = [tuple(ligne[c] for c in colonnes) for ligne in lignes]
    assert sorted(recues, key=str) == sorted(attendu, key=str) != []
    cles = [(sans_accents(x["raison_sociale"]), sans_accents(x["nom"])) for x in lignes]
    assert cles == sorted(cles)


@pytest.mark.parametrize("nature", ["tous", "CDI", "CDD"])
def test_query_20_lists_the_contracts_of_a_day(atelier: Any, nature: str) -> None:
    """First and last day included, of the nature asked for."""
    base = Base(atelier)
    jour = LE_JOUR.isoformat()
    attendu = []
    for c in base.contrats:
        s = base.salaries[c["salarie_id"]]
        e = base.employeurs[s["employeur_id"]]
        dossier, _ = base.employeur(e)
        if not c["debut_le"] <= jour <= c["fin_le"] or nature not in {"tous", c["nature"].upper()}:
            continue
        attendu.append(
            {
                "dossier": dossier["nom"],
                "raison_sociale": e["raison_sociale"],
                "nom": base.nom(s),
                "prenoms": s["prenoms"],
                "nature": c["nature"].upper(),
                "categorie": FORMES[c["categorie"]],
                "fin_le": vide(c["fin_le"]),
                "motif": MOTIFS.get(c["motif"]),
                "archive": base.archive(s, e, dossier),
            }
            | {k: vide(c[k]) for k in ("emploi", "classification", "debut_le", "heures_centiemes")}
            | {k: c[k] for k in ("salaire_centimes", "taux_pas_millioniemes")}
        )
    resultat = atelier.executer(20, au=f"{LE_JOUR:%d/%m/%Y}", nature=nature)

    def cle(ligne: Ligne) -> str:
        return str(sorted(ligne.items(), key=str))

    lignes = atelier.lignes(resultat)
    assert sorted(lignes, key=cle) == sorted(attendu, key=cle)
    assert len(lignes) == resultat.total > 0
    somme = sum(ligne["salaire_centimes"] for ligne in attendu)
    assert resultat.cumuls["salaire_centimes"] == somme


def test_query_20_keeps_salaries_from_an_amount_and_of_one_employer(atelier: Any) -> None:
    """The employer is chosen in the list that is proposed."""
    with atelier.programme.transaction() as t:
        propose = service.suggerer_employeurs(t, "judo")[0].saisie
    jour = f"{LE_JOUR:%d/%m/%Y}"
    tous = atelier.lignes(atelier.executer(20, au=jour, employeur=propose))
    seuil = max(ligne["salaire_centimes"] for ligne in tous)
    riches = atelier.lignes(
        atelier.executer(20, au=jour, employeur=propose, salaire=f"{seuil / 100:.2f}")
    )

    assert {ligne["raison_sociale"] for ligne in tous} == {propose.split(" (n°")[0]}
    assert [x for x in tous if x["salaire_centimes"] >= seuil] == riches != []


def etat_opco(base: Base, e: Ligne, jour: date) -> tuple[str, str]:
    """Return the OPCO after, and the state, as the fiche of the OPCO says them."""
    au = jour.isoformat()
    trouves = [
        base.opco[k["opco_code"]]
        for k in base.correspondances
        if k["idcc"] == e["idcc"] and k["debut_le"] <= au <= k["fin_le"]
    ]
    assert len(trouves) <= 1
    if trouves:
        noms = {sans_accents(n) for n in trouves[0].values()}
        etat = "À jour" if sans_accents(e["opco"]) in noms else "À mettre à jour"
        return trouves[0]["libelle"], etat if e["opco"] else "À renseigner"
    convention = base.conventions.get(e["idcc"])
    if not e["idcc"]:
        return "Caisse non répertoriée", "Sans convention collective"
    if convention is None:
        return "Caisse non répertoriée", "Convention inconnue"
    if convention["cloturee_le"] and convention["cloturee_le"] <= au:
        return "Caisse non répertoriée", "Convention close"
    return "Caisse non répertoriée", "Caisse non répertoriée"


@pytest.mark.exigence("E2", "O3", "O4")
@pytest.mark.parametrize("jour", [LE_JOUR, date(2019, 4, 1), date(2018, 12, 31)])
def test_query_35_gives_the_opco_of_each_employer(atelier: Any, jour: date) -> None:
    """Before, after and state, on any day; archived associations are comprised."""
    ajouter_un_dossier(atelier)
    base = Base(atelier)
    attendu = []
    for e in base.employeurs.values():
        dossier, archive = base.employeur(e)
        apres, etat = etat_opco(base, e, jour)
        convention = base.conventions.get(e["idcc"], {"titre": None})["titre"]
        avant = [vide(e[k]) for k in ("siret", "idcc")]
        ligne = [dossier["nom"], e["raison_sociale"], *avant, convention, vide(e["opco"])]
        attendu.append([*ligne, apres, None, etat, archive])
    attendu.sort(key=lambda ligne: (sans_accents(ligne[0]), sans_accents(ligne[1])))

    resultat = atelier.executer(35, dossier="tous", au=f"{jour:%d/%m/%Y}")

    assert [list(ligne) for ligne in resultat.parcourir(Presentation())] == attendu
    etats = {ligne[8] for ligne in attendu}
    assert {"Sans convention collective"} <= etats
    assert ("À jour" in etats) == (jour.year >= 2019)


@pytest.mark.exigence("O3", "O4")
def test_query_35_names_afdas_uniformation_and_the_unknown_caisse(atelier: Any) -> None:
    """CCN 2511, 1518 and 9999, in the dossier chosen only."""
    ajouter_un_dossier(atelier)
    resultat = atelier.executer(35, dossier="Démonstration", au="15/06/2026")
    lignes = atelier.lignes(resultat)

    assert {ligne["dossier"] for ligne in lignes} == {"Démonstration"}
    opco = {ligne["idcc"]: ligne["opco_apres"] for ligne in lignes}
    assert (opco["2511"], opco["9999"]) == ("AFDAS", "Caisse non répertoriée")
    assert "Uniformation" in opco["1518"]


def test_query_40_lists_what_is_missing(atelier: Any) -> None:
    """One line a gap, employers then employees; the archived ones are left alone."""
    with atelier.programme.transaction() as t:
        from sqlalchemy import text

        t.session.execute(text("UPDATE employeur SET iban = '', voie = '' WHERE id = 1"))
        t.session.execute(text("UPDATE salarie SET nir = '', ne_le = NULL WHERE id = 2"))
        siens = "WHERE contrat_id IN (SELECT id FROM contrat WHERE salarie_id = 3)"
        for table in ("rattachement", "saisie_mois"):
            t.session.execute(text(f"DELETE FROM {table} {siens}"))  # noqa: S608 -- our names
        t.session.execute(text("DELETE FROM contrat WHERE salarie_id = 3"))
    base = Base(atelier)
    attendu: list[tuple[str | None, ...]] = []
    manques = {"SIRET": "siret", "Convention collective": "idcc", "OPCO": "opco"}
    manques |= {"Taux AT/MP": "taux_at_millioniemes", "Code NAF": "naf", "IBAN": "iban"}
    personnels = {"NIR": "nir", "Date de naissance": "ne_le", "Commune de naissance": "ne_a"}
    for e in base.employeurs.values():
        dossier, archive = base.employeur(e)
        if archive == "Oui":
            continue
        vides = [m for m, champ in manques.items() if e[champ] in {"", None}]
        vides += ["Adresse"] * (not (e["voie"] and e["code_postal"] and e["commune"]))
        attendu += [(e["raison_sociale"], "Employeur", None, m) for m in vides]
        for s in base.salaries.values():
            if s["employeur_id"] != e["id"] or base.archive(s, e, dossier) == "Oui":
                continue
            vides = [m for m, champ in (personnels | {"IBAN": "iban"}).items() if not s[champ]]
            vides += ["Adresse"] * (not (s["voie"] and s["code_postal"] and s["commune"]))
            if not any(c["salarie_id"] == s["id"] for c in base.contrats):
                vides.append("Contrat de travail")
            personne = f"{base.nom(s)} {s['prenoms']}"
            attendu += [(e["raison_sociale"], "Salarié", personne, m) for m in vides]

    lignes = atelier.lignes(atelier.executer(40))
    recues = [(x["raison_sociale"], x["fiche"], x["personne"], x["manque"]) for x in lignes]

    assert sorted(recues, key=str) == sorted(attendu, key=str)
    assert all(ligne["a_faire"] for ligne in lignes)
    for fiches, genre in (("employeurs", "Employeur"), ("salaries", "Salarié")):
        seules = atelier.lignes(atelier.executer(40, fiches=fiches))
        assert seules == [ligne for ligne in lignes if ligne["fiche"] == genre]


@pytest.mark.parametrize("numero", [r.numero for r in service.lister_requetes()])
@pytest.mark.exigence("E2", "E7")
def test_every_query_runs_with_its_defaults(atelier: Any, numero: int) -> None:
    """On the demonstration dossier, every value of the type of its column."""
    requete = service.trouver_requete(numero)
    manquants = {p.nom: "tous" for p in requete.parametres if p.tous and not p.defaut}
    resultat = atelier.executer(numero, **manquants)
    assert resultat.total == len(atelier.lignes(resultat))
    assert set(requete.colonnes) <= {c.nom for c in resultat.colonnes}
