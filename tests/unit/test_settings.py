from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest

from weekrapport.errors import ConfigurationError
from weekrapport.settings import OUTPUT_VARIABLE, load_workspace

SOURCE = '[[source]]\nname = "zaken"\ntable = "zaak"\nfiles = "zaken*.csv"\n[source.columns]\nzaak_id = "Zaaknummer"\n'


def load(folder: Path, text: str):
    (folder / "weekrapport.toml").write_text(text, "utf-8")
    return load_workspace(folder)


def message(folder: Path, text: str) -> str:
    with pytest.raises(ConfigurationError) as error:
        load(folder, text)
    assert error.value.exit_code == 2
    return str(error.value)


def test_an_empty_file_is_a_workspace_with_the_defaults(tmp_path):
    space = load(tmp_path, "")
    assert space.settings.week is None
    assert space.settings.source == ()
    assert space.inbox == tmp_path.resolve() / "data" / "inbox"
    assert space.output == tmp_path.resolve() / "output"
    assert space.settings.calendar.bevrijdingsdag == "lustrum"
    assert space.settings.privacy.toon_medewerker == "initialen"


def test_a_whole_file(tmp_path):
    space = load(
        tmp_path,
        'week = "2026-W47"\nas_of = "2026-11-23T07:00"\n[paths]\noutput = "../uit"\n'
        "[calendar]\nsluitingsdagen = [2026-12-24]\n[gate]\nquarantaine_max_aandeel = 0\n" + SOURCE,
    )
    assert space.settings.week == "2026-W47"
    assert space.output == (tmp_path.parent / "uit").resolve()
    assert space.settings.calendar.sluitingsdagen == (date(2026, 12, 24),)
    assert space.settings.gate.quarantaine_max_aandeel == 0
    assert space.settings.source[0].columns == {"zaak_id": "Zaaknummer"}


def test_the_output_folder_of_the_command_line_wins(tmp_path, monkeypatch):
    monkeypatch.setenv(OUTPUT_VARIABLE, str(tmp_path / "elders"))
    assert load(tmp_path, "").output == tmp_path / "elders"


def test_a_folder_without_the_file_is_no_workspace(tmp_path):
    with pytest.raises(ConfigurationError, match="is not a workspace") as error:
        load_workspace(tmp_path)
    assert str(tmp_path) in str(error.value)
    assert "weekrapport demo" in str(error.value)


def test_a_folder_that_does_not_exist_is_no_workspace(tmp_path):
    with pytest.raises(ConfigurationError, match="is not a workspace"):
        load_workspace(tmp_path / "nergens")


def test_broken_toml_says_where(tmp_path):
    text = message(tmp_path, 'week = "2026-W47\n')
    assert "is not valid TOML" in text
    assert "line 1" in text


def test_a_file_that_notepad_saved_is_read(tmp_path):
    (tmp_path / "weekrapport.toml").write_bytes(b"\xef\xbb\xbf" + b'week = "2026-W47"\r\n')
    assert load_workspace(tmp_path).settings.week == "2026-W47"


def test_a_file_that_is_no_utf8_is_refused(tmp_path):
    (tmp_path / "weekrapport.toml").write_bytes('[organisation]\nname = "Oké"\n'.encode("cp1252"))
    with pytest.raises(ConfigurationError, match="is not valid TOML"):
        load_workspace(tmp_path)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", (time(8), time(17, 30), False)),
        ("[office_hours]\nbegin = 09:00:00\neind = 17:00:00", (time(9), time(17), False)),
        ('[office_hours]\nbegin = "07:15"\ndag_en_nacht = true', (time(7, 15), time(17, 30), True)),
    ],
)
def test_office_hours(tmp_path, text, expected):
    (tmp_path / "weekrapport.toml").write_text(text, "utf-8")
    found = load_workspace(tmp_path).settings.office_hours.kantoortijd()
    assert (found.begin, found.eind, found.dag_en_nacht) == expected


@pytest.mark.parametrize(
    ("text", "place", "hint"),
    [
        ('wek = "2026-W47"', "wek: unknown key", "Did you mean 'week'?"),
        ('[paths]\noutputs = "x"', "paths.outputs: unknown key", "Did you mean 'output'?"),
        ("[calendar]\nbevrijding = 1", "calendar.bevrijding: unknown key", "Did you mean 'bevrijdingsdag'?"),
        ("[office_hours]\nbegn = 08:00:00", "office_hours.begn: unknown key", "Did you mean 'begin'?"),
        ("[gate]\nx = 1", "gate.x: unknown key", "Known: "),
        (SOURCE.replace("files", "file"), "source.0.file: unknown key", "Did you mean 'files'?"),
        (SOURCE.replace("zaak_id", "zaakid"), "has no column 'zaakid'", "Did you mean 'zaak_id'?"),
        (SOURCE.replace('"zaak"', '"zaek"'), "there is no table 'zaek'", "Did you mean 'zaak'?"),
        (SOURCE + '[source.events]\nactivty = "a"', "events.activty: unknown key", "Did you mean 'activity'?"),
    ],
)  # fmt: skip
def test_an_unknown_key_is_refused_with_the_nearest_one(tmp_path, text, place, hint):
    found = message(tmp_path, text)
    assert place in found
    assert hint in found
    assert str(tmp_path / "weekrapport.toml") in found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('week = "47"', "week: '47' is not a week"),
        ('week = "2026-W54"', "2026-W54 is not an ISO week"),
        ("week = 202647", "week: "),
        ('as_of = "maandag"', "is not a timestamp"),
        ('[calendar]\nbevrijdingsdag = "soms"', "calendar.bevrijdingsdag"),
        ("[gate]\nquarantaine_max_aandeel = 1.5", "gate.quarantaine_max_aandeel"),
        (
            "[office_hours]\nbegin = 18:00:00",
            "the office hours begin at 18:00 and end at 17:30",
        ),
        ("[office_hours]\nbegin = 17:30:00", "write an end after the begin"),
        ('[office_hours]\nbegin = "08:00Z"\neind = "17:30Z"', "leave the time zone out"),
        ('[office_hours]\neind = "half zes"', "office_hours.eind"),
        ('[privacy]\ntoon_medewerker = "foto"', "privacy.toon_medewerker"),
        (SOURCE + SOURCE, "two sources have the name 'zaken'"),
        (SOURCE.replace("zaken*.csv", "/etc/passwd"), "must lie inside the inbox"),
        (SOURCE.replace("zaken*.csv", "../geheim.csv"), "must lie inside the inbox"),
        (SOURCE.replace("[source.columns]", 'shape = "event_log"\n[source.columns]'), "go together"),
        (SOURCE.split("[source.columns]")[0], "source.0.columns: this key is required"),
        ("source = 3", "source: "),
    ],
)
def test_a_wrong_value_is_refused_with_its_place(tmp_path, text, found):
    assert found in message(tmp_path, text)


def test_several_mistakes_are_told_at_once(tmp_path):
    found = message(tmp_path, 'wek = "x"\n[gate]\nquarantaine_max_aandeel = -1')
    assert len(found.splitlines()) == 3
