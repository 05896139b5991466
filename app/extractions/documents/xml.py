"""XML of a result, and the schema (XSD) that describes it.

Shape, in the namespace of the query:
- `extraction` (requete, titre, creee_a, total) holds `parametres` and `lignes`;
- `parametre` (nom, libelle) holds the words of the value;
- `ligne` holds an element per column, named after it, in the order shown, which says nothing
  (`xs:all`); nothing known: no element.

Amounts and hours are decimals in euros and hours, rates decimals in percent, dates ISO.
Characters that XML forbids are left out.
"""

import html
import re
from collections.abc import Sequence
from datetime import UTC
from pathlib import Path

from app.extractions.documents.blocs import (
    Cellules,
    Lignes,
    fractions,
    nombres,
    par_colonnes,
    textes,
)
from app.extractions.rules import Colonne, TypeColonne
from app.extractions.rules.entete import designer
from app.extractions.rules.extraction import Extraction

MIME = "application/xml; charset=utf-8"
MIME_SCHEMA = "application/xml; charset=utf-8"
_INTERDITS = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PERMIS = " !#-%(-;=?-~\u00a0-\u2fff"
"""No markup, no quote, no rare character."""
_FRACTIONS = {
    TypeColonne.MONTANT: fractions(2, "."),
    TypeColonne.HEURES: fractions(2, "."),
    TypeColonne.DECIMAL: fractions(2, "."),
    TypeColonne.TAUX: fractions(4, "."),
}
_TYPES = {
    TypeColonne.TEXTE: "xs:string",
    TypeColonne.IDENTIFIANT: "xs:string",
    TypeColonne.ENTIER: "xs:integer",
    TypeColonne.NUMERO: "xs:integer",
    TypeColonne.MONTANT: "montant",
    TypeColonne.TAUX: "taux",
    TypeColonne.HEURES: "heures",
    TypeColonne.DECIMAL: "xs:decimal",
    TypeColonne.DATE: "xs:date",
}


def espace_de_noms(numero: int) -> str:
    """Return the namespace of a query's documents."""
    return f"urn:clairpaie:extraction:{numero}"


def _echapper(texte: str) -> str:
    return html.escape(_INTERDITS.sub("", texte)).replace("\r", "&#13;")


def _attribut(texte: str) -> str:
    return _echapper(texte).replace("\n", "&#10;").replace("\t", "&#9;")


def noms_d_elements(colonnes: Sequence[Colonne]) -> list[str]:
    """Return an element name per column: letters, digits, underscores, all different."""
    noms: list[str] = []
    for colonne in colonnes:
        nom = re.sub(r"\W", "_", colonne.nom, flags=re.ASCII) or "colonne"
        nom = f"_{nom}" if nom[0].isdigit() else nom
        base, rang = nom, 1
        while nom in noms:
            rang += 1
            nom = f"{base}_{rang}"
        noms.append(nom)
    return noms


def _cellules(nom: str, genre: TypeColonne) -> Cellules:
    """Return what writes the elements of a column; nothing known: no element."""
    autour = (f"<{nom}>", f"</{nom}>")
    if genre.est_nombre:
        return nombres(_FRACTIONS.get(genre, ()), autour=autour, vide="")
    return textes(_PERMIS, lambda v: f"<{nom}>{_echapper(v)}</{nom}>", autour=autour, vide="")


def ecrire(chemin: Path, extraction: Extraction, lignes: Lignes) -> None:
    """Write a result as XML, UTF-8."""
    noms = noms_d_elements(extraction.colonnes)
    cellules = [_cellules(n, c.type) for n, c in zip(noms, extraction.colonnes, strict=True)]
    creee_a = extraction.cree_a.astimezone(UTC)
    with chemin.open("w", encoding="utf-8", newline="\n") as f:
        f.write('<?xml version="1.0" encoding="UTF-8"?>\n')
        f.write(
            f'<extraction xmlns="{espace_de_noms(extraction.numero)}"'
            f' requete="{extraction.numero}" titre="{_attribut(extraction.titre)}"'
            f' creee_a="{creee_a:%Y-%m-%dT%H:%M:%S}Z" total="{extraction.total}">\n'
        )
        f.write("<parametres>\n")
        for p in extraction.parametres:
            f.write(
                f'<parametre nom="{_attribut(p.nom)}" libelle="{_attribut(p.libelle)}">'
                f"{_echapper(p.texte)}</parametre>\n"
            )
        f.write("</parametres>\n<lignes>\n")
        for _, lues in par_colonnes(lignes, cellules):
            f.write("<ligne>" + "</ligne>\n<ligne>".join(map("".join, lues)) + "</ligne>\n")
        f.write("</lignes>\n</extraction>\n")


_SCHEMA = """\
<?xml version="1.0" encoding="UTF-8"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="{espace}" \
targetNamespace="{espace}" elementFormDefault="qualified">
<xs:annotation><xs:documentation xml:lang="fr">Clairpaie, extraction {titre}. \
Un renseignement absent n'a pas d'élément.</xs:documentation></xs:annotation>
<xs:simpleType name="montant"><xs:annotation><xs:documentation xml:lang="fr">En euros.\
</xs:documentation></xs:annotation><xs:restriction base="xs:decimal">\
<xs:fractionDigits value="2"/></xs:restriction></xs:simpleType>
<xs:simpleType name="heures"><xs:annotation><xs:documentation xml:lang="fr">En heures \
décimales.</xs:documentation></xs:annotation><xs:restriction base="xs:decimal">\
<xs:fractionDigits value="2"/></xs:restriction></xs:simpleType>
<xs:simpleType name="taux"><xs:annotation><xs:documentation xml:lang="fr">En pour cent.\
</xs:documentation></xs:annotation><xs:restriction base="xs:decimal">\
<xs:fractionDigits value="4"/></xs:restriction></xs:simpleType>
<xs:element name="extraction"><xs:complexType><xs:sequence>
<xs:element name="parametres"><xs:complexType><xs:sequence>
<xs:element name="parametre" minOccurs="0" maxOccurs="unbounded"><xs:complexType>\
<xs:simpleContent><xs:extension base="xs:string">\
<xs:attribute name="nom" type="xs:string" use="required"/>\
<xs:attribute name="libelle" type="xs:string" use="required"/>\
</xs:extension></xs:simpleContent></xs:complexType></xs:element>
</xs:sequence></xs:complexType></xs:element>
<xs:element name="lignes"><xs:complexType><xs:sequence>
<xs:element name="ligne" minOccurs="0" maxOccurs="unbounded"><xs:complexType><xs:all>
{colonnes}
</xs:all></xs:complexType></xs:element>
</xs:sequence></xs:complexType></xs:element>
</xs:sequence>
<xs:attribute name="requete" type="xs:integer" use="required"/>
<xs:attribute name="titre" type="xs:string" use="required"/>
<xs:attribute name="creee_a" type="xs:dateTime" use="required"/>
<xs:attribute name="total" type="xs:integer" use="required"/>
</xs:complexType></xs:element>
</xs:schema>
"""


def schema(numero: int, titre: str, colonnes: Sequence[Colonne]) -> str:
    """Return the XML schema of the documents of a query with these columns."""
    elements = "\n".join(
        f'<xs:element name="{nom}" type="{_TYPES[c.type]}" minOccurs="0"><xs:annotation>'
        f'<xs:documentation xml:lang="fr">{_echapper(c.libelle)}</xs:documentation>'
        "</xs:annotation></xs:element>"
        for nom, c in zip(noms_d_elements(colonnes), colonnes, strict=True)
    )
    return _SCHEMA.format(
        espace=espace_de_noms(numero), titre=_echapper(designer(numero, titre)), colonnes=elements
    )
