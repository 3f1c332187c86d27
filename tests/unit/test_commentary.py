from __future__ import annotations

from pathlib import Path

import pytest

from weekrapport.domain.feiten import Feit
from weekrapport.errors import ReportFailed
from weekrapport.reporting.comment_blocks import figures
from weekrapport.reporting.commentary import HEADINGS, Commentary, read_commentary
from weekrapport.reporting.numbers import procent

FIGURES = figures(
    [
        Feit("K01", 88),
        Feit("K01", 4, measure="deelzaken"),
        Feit("K01", 12, {"team": "Servicedesk"}),
        Feit("K01", 80, period="2026-W46"),
        Feit("K04", 74 / 88, {}, 74, 88),
        Feit("K05", None, {}, 0, 0),
        Feit("K06", 2.5, measure="p50"),
        Feit("K06", None, measure="p90"),
    ]
)


@pytest.fixture
def read(tmp_path: Path):
    def reading(content: str | bytes) -> Commentary:
        path = tmp_path / "case_overview.md"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_commentary(path, FIGURES)

    return reading


def refused(read, content: str | bytes) -> str:
    with pytest.raises(ReportFailed) as error:
        read(content)
    assert "case_overview.md" in str(error.value)
    return str(error.value)


def test_a_file_that_is_not_there_is_not_written_yet(tmp_path):
    found = read_commentary(tmp_path / "niets.md", FIGURES)
    assert not found.exists
    assert found.status == "concept"
    assert found.besluiten == ()


def test_an_empty_file_exists_and_says_nothing(read):
    found = read("")
    assert found.exists
    assert found.sections == {}


def test_a_whole_file(read):
    found = read(
        "---\nstatus: definitief\nauteur: M. Bakker\n"
        "besluiten:\n  - Neem een tweede beheerder aan.\n  - Stel W48 uit.\n---\n"
        "# Staat van de dienstverlening\nWe rondden {{K01}} zaken af, {{K04|pct}} op tijd ({{ K04 | aantal }}).\n\n"
        "# Risico’s\n\n# Zorgen\nDoorlooptijd {{K06.p50}} dagen.\n"
    )
    assert (found.status, found.auteur) == ("definitief", "M. Bakker")
    assert found.besluiten == ("Neem een tweede beheerder aan.", "Stel W48 uit.")
    assert found.sections[HEADINGS[0]] == f"We rondden 88 zaken af, {procent(74 / 88)} op tijd (74)."
    assert found.sections["Zorgen"] == "Doorlooptijd 2,5 dagen."
    assert "Risico's" not in found.sections  # a heading without text


def test_text_without_a_heading_stands_under_the_first(read):
    assert read("Rustige week.").sections == {HEADINGS[0]: "Rustige week."}


def test_a_heading_of_ones_own_is_kept(read):
    assert read("## Dank\nAan iedereen.").sections == {"Dank": "Aan iedereen."}


def test_windows_line_ends_and_byte_order_mark(read):
    found = read(b"\xef\xbb\xbf---\r\nstatus: definitief\r\n---\r\n# Zorgen\r\nGeen.\r\n")
    assert found.status == "definitief"
    assert found.sections == {"Zorgen": "Geen."}


def test_a_file_in_another_encoding_is_refused(read):
    assert "UTF-8" in refused(read, "# Zorgen\nOké.".encode("cp1252"))


@pytest.mark.parametrize(
    "placeholder",
    ["{{K99}}", "{{K01|pct}}", "{{K01|PCT}}", "{{K-01}}", "{{}}", "{{ }}", "{{K06 p50}}", "{{K01 | pct | x}}",
     "{{k01}}", "{{K01_deelzaken}}", "{{Servicedesk}}", "{{K01", "K01}}", "{{K01}", "{{K01.2026-W46}}"],
)  # fmt: skip
def test_a_placeholder_that_means_nothing_stops_the_report(read, placeholder):
    """A sentence with a hole in it, or with the curly brackets still there, must not reach the MT."""
    found = refused(read, f"# Zorgen\n\nEr waren {placeholder} zaken.")
    assert "line 3" in found


def test_the_line_number_is_that_of_the_file(read):
    assert "line 6" in refused(read, "---\nauteur: A\n---\n# Zorgen\n\nEr waren {{K99}} zaken.")


def test_the_nearest_figure_is_named(read):
    assert "Did you mean 'K06.p50'?" in refused(read, "{{K06.p5}}")


def test_a_figure_without_a_value_is_a_dash(read):
    assert (
        read("Negentig procent binnen {{K06.p90}} dagen.").sections[HEADINGS[0]] == "Negentig procent binnen – dagen."
    )


def test_single_brackets_are_text(read):
    assert read("Een {haakje} en f(x) = {x}.").sections[HEADINGS[0]] == "Een {haakje} en f(x) = {x}."


@pytest.mark.parametrize(
    ("front", "why"),
    [
        ("status: definitiev", "status"),
        ("stauts: concept", "Did you mean 'status'?"),
        ("besluiten: [x", "not valid YAML"),
        ("- a\n- b", "`key: value` lines"),
        ("besluiten: Neem iemand aan.", "besluiten"),
        ("besluiten:\n  besluit: x", "besluiten"),
        ("besluiten:\n  - nogmaals: x", "besluiten"),
    ],
)
def test_a_wrong_head_stops_the_report(read, front, why):
    assert why in refused(read, f"---\n{front}\n---\n# Zorgen\nGeen.\n")


def test_a_head_that_is_not_closed_stops_the_report(read):
    assert "---" in refused(read, "---\nstatus: definitief\n# Zorgen\nGeen.\n")


def test_an_empty_head_is_a_concept(read):
    assert read("---\n\n---\nTekst").status == "concept"


def test_a_head_without_decisions(read):
    assert read("---\nbesluiten: []\nstatus: definitief\n---\n").besluiten == ()


def test_a_bsn_is_taken_out_of_everything_that_is_printed(read):
    found = read(
        "---\nauteur: M. Bakker 123456782\nbesluiten:\n  - 111222333\n  - Bel 1234 56 782.\n---\n"
        "# Zorgen\nBurger 123.456.782 klaagt, {{K01}} zaken, zaak 123456789.\n"
    )
    assert found.auteur == "M. Bakker [BSN verwijderd]"
    assert found.besluiten == ("[BSN verwijderd]", "Bel [BSN verwijderd].")
    assert found.sections == {"Zorgen": "Burger [BSN verwijderd] klaagt, 88 zaken, zaak 123456789."}
    assert found.bsn_verwijderd == 4


def test_without_a_bsn_nothing_was_taken_out(read, tmp_path):
    assert read("# Zorgen\nGeen.").bsn_verwijderd == 0
    assert read_commentary(tmp_path / "niets.md", FIGURES).bsn_verwijderd == 0


def test_a_figure_is_never_taken_for_a_bsn(tmp_path):
    path = tmp_path / "case_overview.md"
    path.write_text("Totaal {{K01}}.")
    assert read_commentary(path, {"K01": {"": "123.456.782"}}).sections == {HEADINGS[0]: "Totaal 123.456.782."}


@pytest.mark.parametrize(
    "content",
    ["{{123456782}}", "{{K01 123456782", "---\nstatus: 123456782\n---\n", "---\n123456782: x\n---\n",
     "---\nauteur: [123456782\n---\n", "---\nauteur: a: 123456782\n---\n"],
)  # fmt: skip
def test_a_message_does_not_show_a_bsn(read, content):
    with pytest.raises(ReportFailed) as error:
        read(content)
    assert "123456782" not in f"{error.value!r} {error.value.__cause__!r}"


def test_figures_are_filled_in_in_the_decisions_too(read):
    found = read("---\nbesluiten:\n  - Stel {{K01}} zaken uit.\n  - 'Houd {{ K04|pct }} aan.'\n---\n")
    assert found.besluiten == ("Stel 88 zaken uit.", f"Houd {procent(74 / 88)} aan.")


@pytest.mark.parametrize("hole", ["{{K99}}", "{{K01|pct}}", "{{K01", "K01}}"])
def test_a_hole_in_a_decision_stops_the_report(read, hole):
    assert "besluiten: " in refused(read, f"---\nbesluiten:\n  - 'Stel {hole} zaken uit.'\n---\n")


def test_what_the_analyst_says_to_a_signal(read):
    found = read("---\nsignaalreacties:\n  R1-S01: 'Kort: {{K01}} zaken.'\n  R1-S02: BSN 123456782 gemeld.\n---\n")
    assert found.signaalreacties["R1-S01"] == "Kort: 88 zaken."
    assert "123456782" not in found.signaalreacties["R1-S02"]
    assert found.bsn_verwijderd == 1
    assert read("").signaalreacties == {}


@pytest.mark.parametrize("given", ["tekst", "[a, b]", "{R1-S01: [a]}", "{R1-S01: }"])
def test_reactions_that_are_no_lines_per_signal_are_refused(read, given):
    assert "signaalreacties must be lines" in refused(read, f"---\nsignaalreacties: {given}\n---\n")
