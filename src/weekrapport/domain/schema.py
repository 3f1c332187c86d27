"""The typed tables that every reader delivers and every figure starts from ("Tabellen" in docs/methods.md).

Column kinds and the pandas dtype they have in every frame of the system:

=========  =======================  ==================================================================
kind       dtype                    meaning
=========  =======================  ==================================================================
text       str                      stripped, Unicode NFC; identifiers keep their leading zeros
integer    Int64                    whole number
cent       Int64                    whole euro cents
decimal    Float64                  hours, fte; never money
boolean    boolean
date       datetime64[s]            local calendar day, no zone
timestamp  datetime64[us, UTC]      moment in UTC
=========  =======================  ==================================================================

Every table also has `bron` (source file name), `bron_rij` (its row or element number, the first data line of a CSV
file is 2) and `ingelezen_op`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import pandas as pd

Kind = Literal["text", "integer", "cent", "decimal", "boolean", "date", "timestamp"]

DTYPES: Mapping[str, str] = MappingProxyType(
    {
        "text": "str",
        "integer": "Int64",
        "cent": "Int64",
        "decimal": "Float64",
        "boolean": "boolean",
        "date": "datetime64[s]",
        "timestamp": "datetime64[us, UTC]",
    }
)

SOORTEN_WERKZAAMHEID = (
    "storing", "vraag", "wijziging", "implementatie", "project", "autorisatie", "beveiliging",
    "privacy", "klacht", "advies_opleiding", "commercieel", "intern", "overig",
)  # fmt: skip
VERTROUWELIJKHEDEN = (
    "openbaar", "beperkt_openbaar", "intern", "zaakvertrouwelijk", "vertrouwelijk", "confidentieel",
    "geheim", "zeer_geheim",
)  # fmt: skip
RESULTAATCATEGORIEEN = (
    "verleend_geleverd", "afgewezen", "ingetrokken", "buiten_behandeling", "foutief_aangemaakt",
    "overig",
)  # fmt: skip
TERMIJNEENHEDEN = ("uur", "werkdag", "kalenderdag", "week", "maand")
PRIORITEITEN = ("P1", "P2", "P3", "P4")


@dataclass(frozen=True)
class Column:
    """One column of a typed table."""

    name: str
    kind: Kind
    values: tuple[str, ...] | None = None
    """The closed list of an enumeration; the gate checks it, the reader does not."""


@dataclass(frozen=True)
class Table:
    """One typed table: its columns, its key, and the columns a source must deliver."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    required: tuple[str, ...]

    def kinds(self) -> dict[str, Kind]:
        """Return the kind of every column by name."""
        return {column.name: column.kind for column in self.columns}

    def empty(self) -> pd.DataFrame:
        """Return the table without rows, with every column in its dtype."""
        import pandas as pd  # here, so that reading the settings does not cost the import of pandas

        kinds = {**self.kinds(), **PROVENANCE}
        return pd.DataFrame({name: pd.Series(dtype=DTYPES[kind]) for name, kind in kinds.items()})


PROVENANCE: Mapping[str, Kind] = MappingProxyType({"bron": "text", "bron_rij": "integer", "ingelezen_op": "timestamp"})


def _table(name: str, key: str, required: str, *columns: Column) -> Table:
    return Table(name, columns, tuple(key.split()), tuple(required.split()))


def _text(names: str) -> tuple[Column, ...]:
    return tuple(Column(name, "text") for name in names.split())


def _dates(names: str) -> tuple[Column, ...]:
    return tuple(Column(name, "date") for name in names.split())


TABLES: Mapping[str, Table] = MappingProxyType(
    {
        table.name: table
        for table in (
            _table(
                "zaaktype",
                "zaaktype_id geldig_van",
                "zaaktype_id",
                *_text("zaaktype_id omschrijving"),
                Column("soort_werkzaamheid", "text", SOORTEN_WERKZAAMHEID),
                Column("servicenorm_waarde", "integer"),
                Column("servicenorm_eenheid", "text", TERMIJNEENHEDEN),
                Column("wettelijk_waarde", "integer"),
                Column("wettelijk_eenheid", "text", TERMIJNEENHEDEN[2:]),
                Column("wettelijk_grondslag", "text"),
                Column("opschorting_mogelijk", "boolean"),
                Column("verlenging_mogelijk", "boolean"),
                Column("verlengingstermijn_waarde", "integer"),
                Column("verlengingstermijn_eenheid", "text", TERMIJNEENHEDEN[1:]),
                Column("vertrouwelijkheid", "text", VERTROUWELIJKHEDEN),
                Column("verantwoordelijk_team_id", "text"),
                Column("risicogewicht", "integer"),
                Column("verwachte_uren", "decimal"),
                *_dates("geldig_van geldig_tot"),
                Column("concept", "boolean"),
            ),
            _table(
                "zaaktype_status",
                "statustype_id",
                "zaaktype_id statustype_id volgnummer",
                *_text("zaaktype_id statustype_id"),
                Column("volgnummer", "integer"),
                Column("omschrijving", "text"),
                Column("is_eindstatus", "boolean"),
                Column("informeren", "boolean"),
            ),
            _table(
                "zaak",
                "zaak_id",
                "zaak_id startdatum einddatum",
                *_text("zaak_id uuid omschrijving zaaktype_id klant_id team_id behandelaar_id"),
                *_dates("registratiedatum startdatum einddatum_gepland uiterlijke_einddatum"),
                *_dates("einddatum"),
                Column("gesloten_op", "timestamp"),
                Column("resultaat", "text"),
                Column("resultaat_categorie", "text", RESULTAATCATEGORIEEN),
                Column("prioriteit", "text", PRIORITEITEN),
                Column("belang", "integer"),
                Column("escalatieniveau", "integer"),
                Column("hoofdzaak_id", "text"),
                Column("opgeschort_nu", "boolean"),
                Column("opschorting_reden", "text"),
                Column("resturen", "decimal"),
                *_text("dienst_id communicatiekanaal"),
                Column("vertrouwelijkheid", "text", VERTROUWELIJKHEDEN),
            ),
            _table(
                "zaak_status",
                "zaak_id gezet_op statustype_id",
                "zaak_id statustype_id gezet_op",
                *_text("zaak_id statustype_id"),
                Column("gezet_op", "timestamp"),
                Column("gezet_door", "text"),
            ),
            _table(
                "zaak_opschorting",
                "zaak_id begin",
                "zaak_id begin eind",
                Column("zaak_id", "text"),
                *_dates("begin eind"),
                *_text("reden grondslag herkomst"),
            ),
            _table(
                "zaak_verlenging",
                "zaak_id volgnr",
                "zaak_id duur_waarde duur_eenheid besloten_op",
                Column("zaak_id", "text"),
                Column("volgnr", "integer"),
                Column("duur_waarde", "integer"),
                Column("duur_eenheid", "text", TERMIJNEENHEDEN[1:]),
                Column("reden", "text"),
                *_dates("besloten_op meegedeeld_op"),
            ),
            _table(
                "zaak_document",
                "document_id",
                "document_id zaak_id informatieobjecttype",
                *_text("document_id zaak_id informatieobjecttype titel richting"),
                *_dates("creatiedatum ontvangstdatum verzenddatum"),
                Column("registratie_op", "timestamp"),
                Column("status", "text"),
                Column("bestandsomvang", "integer"),
                Column("vertrouwelijkheid", "text", VERTROUWELIJKHEDEN),
            ),
            _table(
                "contactmoment",
                "contact_id",
                "contact_id zaak_id datumtijd",
                *_text("contact_id zaak_id"),
                Column("datumtijd", "timestamp"),
                *_text("kanaal richting soort document_id"),
            ),
            _table(
                "team",
                "team_id",
                "team_id naam",
                *_text("team_id naam manager_rol"),
                Column("actief", "boolean"),
            ),
            _table(
                "medewerker",
                "medewerker_id",
                "medewerker_id",
                *_text("medewerker_id weergavenaam initialen team_id"),
                Column("fte", "decimal"),
                *_dates("in_dienst uit_dienst"),
            ),
            _table(
                "klant",
                "klant_id",
                "klant_id naam",
                *_text("klant_id naam segment"),
                Column("actief", "boolean"),
            ),
            _table(
                "dienst",
                "dienst_id",
                "dienst_id naam",
                *_text("dienst_id naam eigenaar_team_id eenheid"),
                *_dates("geldig_van geldig_tot"),
            ),
        )
    }
)
