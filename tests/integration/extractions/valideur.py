"""A reader of the schemas that the program writes: enough of XSD to hold a document to its own."""

import re
from xml.etree import ElementTree as ET

XS = "{http://www.w3.org/2001/XMLSchema}"
_MOTIFS = {
    "xs:string": r".*",
    "xs:integer": r"[-+]?\d+",
    "xs:decimal": r"[-+]?\d+(\.\d+)?",
    "xs:date": r"\d{4}-\d{2}-\d{2}",
    "xs:dateTime": r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z",
}


def valider(document: str, schema: str) -> list[str]:
    """Return what in a document its schema does not allow; an unknown word of XSD fails."""
    racine_xsd = ET.fromstring(schema)  # noqa: S314 -- written by the program
    racine = ET.fromstring(document)  # noqa: S314 -- written by the program
    espace = f"{{{racine_xsd.attrib['targetNamespace']}}}"
    types = {t.attrib["name"]: t for t in racine_xsd.findall(f"{XS}simpleType")}
    element = racine_xsd.find(f"{XS}element")
    assert element is not None
    return _element(racine, element, espace, types)


def _element(
    noeud: ET.Element, xsd: ET.Element, espace: str, types: dict[str, ET.Element]
) -> list[str]:
    nom = xsd.attrib["name"]
    if noeud.tag != espace + nom:
        return [f"{noeud.tag} à la place de {nom}"]
    if "type" in xsd.attrib:
        return _simple(noeud.text or "", xsd.attrib["type"], types, nom) + [
            f"{nom} : attribut {a}" for a in noeud.attrib
        ]
    complexe = xsd.find(f"{XS}complexType")
    assert complexe is not None
    contenu = complexe.find(f"{XS}simpleContent/{XS}extension")
    fautes = _attributs(noeud, complexe if contenu is None else contenu, types)
    if contenu is not None:
        return fautes + _simple(noeud.text or "", contenu.attrib["base"], types, nom)
    tout = complexe.find(f"{XS}all")
    if tout is not None:
        return fautes + _sans_ordre(list(noeud), list(tout), espace, types, nom)
    suite = complexe.find(f"{XS}sequence")
    assert suite is not None
    return fautes + _suite(list(noeud), list(suite), espace, types, nom)


def _suite(
    enfants: list[ET.Element],
    attendus: list[ET.Element],
    espace: str,
    types: dict[str, ET.Element],
    nom: str,
) -> list[str]:
    fautes: list[str] = []
    for attendu in attendus:
        assert attendu.tag == f"{XS}element"
        plus = attendu.attrib.get("maxOccurs", "1")
        combien = 0
        while enfants and enfants[0].tag == espace + attendu.attrib["name"]:
            if plus != "unbounded" and combien == int(plus):
                break
            fautes += _element(enfants.pop(0), attendu, espace, types)
            combien += 1
        if combien < int(attendu.attrib.get("minOccurs", "1")):
            fautes.append(f"{nom} : il manque {attendu.attrib['name']}")
    return fautes + [f"{nom} : {e.tag} de trop" for e in enfants]


def _sans_ordre(
    enfants: list[ET.Element],
    attendus: list[ET.Element],
    espace: str,
    types: dict[str, ET.Element],
    nom: str,
) -> list[str]:
    """Check `xs:all`: each at most once, in any order."""
    par_nom = {espace + a.attrib["name"]: a for a in attendus}
    fautes: list[str] = []
    for enfant in enfants:
        attendu = par_nom.pop(enfant.tag, None)
        if attendu is None:
            fautes.append(f"{nom} : {enfant.tag} de trop")
        else:
            fautes += _element(enfant, attendu, espace, types)
    manquants = [a.attrib["name"] for a in par_nom.values() if a.attrib.get("minOccurs") != "0"]
    return fautes + [f"{nom} : il manque {m}" for m in manquants]


def _attributs(noeud: ET.Element, xsd: ET.Element, types: dict[str, ET.Element]) -> list[str]:
    declares = {a.attrib["name"]: a.attrib for a in xsd.findall(f"{XS}attribute")}
    fautes = [f"attribut {a} de trop" for a in noeud.attrib if a not in declares]
    for nom, declare in declares.items():
        if nom in noeud.attrib:
            fautes += _simple(noeud.attrib[nom], declare["type"], types, nom)
        elif declare.get("use") == "required":
            fautes.append(f"attribut {nom} manquant")
    return fautes


def _simple(texte: str, genre: str, types: dict[str, ET.Element], nom: str) -> list[str]:
    if genre in types:
        restriction = types[genre].find(f"{XS}restriction")
        assert restriction is not None
        fautes = _simple(texte, restriction.attrib["base"], types, nom)
        for facette in restriction:
            assert facette.tag == f"{XS}fractionDigits"
            if len(texte.partition(".")[2]) > int(facette.attrib["value"]):
                fautes.append(f"{nom} : trop de décimales : {texte}")
        return fautes
    return [] if re.fullmatch(_MOTIFS[genre], texte, re.DOTALL) else [f"{nom} : {texte!r}"]
