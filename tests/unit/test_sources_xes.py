"""Event logs in XES: names of columns, typed attributes, and logs that are refused."""

from __future__ import annotations

import gzip

import pytest

from weekrapport.errors import SourceError
from weekrapport.settings import Source
from weekrapport.sources.event_log import event_log_to_typed
from weekrapport.sources.file_shapes import read_raw
from weekrapport.sources.raw import RawTable
from weekrapport.sources.xes_file import read_xes

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<log xes.version="1.0" xmlns="http://www.xes-standard.org/">\n'
TRACE = """<trace>
  <string key="concept:name" value="Z1"/><date key="start" value="2026-11-02T09:00:00.000+01:00"/>
  <event><string key="concept:name" value="Ontvangen"/><date key="time:timestamp" value="2026-11-02T09:00:00+01:00"/></event>
  <event><string key="concept:name" value="Klaar"/><date key="time:timestamp" value="2026-11-03T09:00:00.5Z"/>
    <string key="org:resource" value="R1"/></event>
</trace>
"""  # noqa: E501
SOURCE = Source(
    name="log",
    table="zaak",
    files="*.xes*",
    shape="event_log",
    columns={"zaak_id": "case:concept:name", "startdatum": "case:start"},
    events={"activity": "concept:name", "timestamp": "time:timestamp", "resource": "org:resource"},
)


def log(*parts: str) -> bytes:
    return (HEAD + "".join(parts) + "</log>\n").encode()


def attributes(*wanted: str, inside: str, decimaal: str | None = None) -> RawTable:
    data = log(f"<trace>{inside}</trace>")
    return read_xes(data, "x.xes", wanted, decimaal=decimaal)  # type: ignore[arg-type]


@pytest.mark.parametrize("pack", [lambda data: data, gzip.compress])
def test_attributes_of_the_case_and_of_the_event_become_columns(pack: type) -> None:
    name = "log.xes.gz" if pack is gzip.compress else "log.xes"
    raw = read_raw(pack(log(TRACE)), name, SOURCE)
    assert raw.frame.to_dict("list") == {
        "case:concept:name": ["Z1", "Z1"],
        "case:start": ["2026-11-02T09:00:00.000+01:00"] * 2,
        "concept:name": ["Ontvangen", "Klaar"],
        "time:timestamp": ["2026-11-02T09:00:00+01:00", "2026-11-03T09:00:00.5Z"],
        "org:resource": ["", "R1"],
    }
    assert (raw.rows.tolist(), raw.rows_read, raw.missing, raw.dropped) == ([1, 2], 2, (), ())
    done = event_log_to_typed(raw, SOURCE, None)
    assert done.frames["zaak"]["zaak_id"].tolist() == ["Z1"]
    assert [str(moment) for moment in done.frames["zaak_status"]["gezet_op"]] == [
        "2026-11-02 08:00:00+00:00",
        "2026-11-03 09:00:00.500000+00:00",
    ]


def test_attributes_after_the_events_count_too() -> None:
    raw = attributes("case:a", inside='<event><string key="b" value="1"/></event><string key="a" value="x"/>')
    assert raw.frame["case:a"].tolist() == ["x"]
    assert raw.dropped == ("b",)


def test_types_become_text_in_the_notation_of_the_source() -> None:
    inside = (
        '<int key="i" value="7"/><float key="f" value="2.3832541524E3"/><boolean key="b" value="true"/>'
        '<id key="u" value="a-b"/><float key="n" value="NaN"/><event/>'
    )
    names = ("case:i", "case:f", "case:b", "case:u", "case:n")
    raw = attributes(*names, inside=inside)
    assert raw.frame.iloc[0].tolist() == ["7", "2383.2541524", "true", "a-b", "NaN"]
    assert raw.decimaal == {"case:i": ".", "case:f": ".", "case:n": "."}
    assert attributes(*names, inside=inside, decimaal=",").frame.iloc[0].tolist()[1] == "2383,2541524"


def test_a_declared_attribute_that_nobody_has_is_empty_not_missing() -> None:
    declared = '<global scope="trace"><date key="eind" value="1970-01-01T00:00:00Z"/></global>'
    raw = read_xes(log(declared, TRACE), "x.xes", ("case:eind", "case:anders"))
    assert raw.frame["case:eind"].tolist() == ["", ""]
    assert raw.missing == ("case:anders",)


def test_attributes_of_the_log_itself_are_never_read() -> None:
    raw = read_xes(log('<float key="meta:Jan" value="1"/>', TRACE), "x.xes", ("concept:name",))
    assert not any("Jan" in title for title in raw.dropped)


def test_cases_without_events_are_told() -> None:
    raw = read_xes(log("<trace><string key='concept:name' value='Z9'/></trace>", TRACE), "x.xes", ("concept:name",))
    assert raw.remarks == ("1 zaak/zaken zonder gebeurtenis niet gelezen",)


def test_an_event_outside_a_case_goes_to_the_quarantine() -> None:
    event = (
        '<event><string key="concept:name" value="a"/><date key="time:timestamp" value="2026-11-02T09:00:00Z"/></event>'
    )
    done = event_log_to_typed(read_raw(log(TRACE, event), "x.xes", SOURCE), SOURCE, None)
    assert [(row.bron_rij, row.reden) for row in done.rejected] == [(3, "gebeurtenis zonder zaaknummer")]


@pytest.mark.parametrize(
    ("inside", "why"),
    [
        ('<event><string key="a" value="1"/><string key="a" value="2"/></event>', "kenmerk a staat er twee keer"),
        ('<string key="a" value="1"/><int key="a" value="2"/><event/>', "kenmerk case:a staat er twee keer"),
        (
            '<string key="a" value="1"/><event><string key="case:a" value="2"/></event>',
            "kenmerk case:a staat bij de zaak en bij de gebeurtenis",
        ),
    ],
)
def test_a_key_that_stands_twice_goes_to_the_quarantine(inside: str, why: str) -> None:
    raw = attributes("a", inside=inside)
    assert [(row.bron_rij, row.reden) for row in raw.rejected] == [(1, why)]
    assert raw.rows_read == 1


def test_a_list_is_refused_only_when_it_is_mapped() -> None:
    inside = '<list key="l"><values><string key="x" value="1"/></values></list><event/>'
    assert attributes("case:y", inside=inside).missing == ("case:y",)
    with pytest.raises(SourceError, match="attribute 'case:l' is a list"):
        attributes("case:l", inside=inside)


@pytest.mark.parametrize("entity", ['<!ENTITY x SYSTEM "file:///etc/passwd">', '<!ENTITY x "boem">', ""])
def test_a_document_type_is_refused(entity: str) -> None:
    head, root = HEAD.split("\n", 1)
    data = f"{head}\n<!DOCTYPE log [{entity}]>\n{root}{TRACE}</log>".encode()
    with pytest.raises(SourceError, match="document type or entities"):
        read_raw(data, "x.xes", SOURCE)


@pytest.mark.parametrize("length", [30, 40, 130, 200, -8])
def test_a_log_that_stops_half_way_looks_cut_off(length: int) -> None:
    with pytest.raises(SourceError, match=r"x\.xes looks cut off: the XML stops in line"):
        read_raw(log(TRACE)[:length], "x.xes", SOURCE)
    with pytest.raises(SourceError, match=r"x\.xes\.gz looks cut off"):
        read_raw(gzip.compress(log(TRACE))[:length], "x.xes.gz", SOURCE)


def test_xml_that_is_not_well_formed_is_refused_with_its_place() -> None:
    with pytest.raises(SourceError, match=r"x\.xes, line 9, column \d+: the XML is not well-formed"):
        read_raw(log(TRACE, "<trace></event>"), "x.xes", SOURCE)


def test_other_xml_is_refused() -> None:
    with pytest.raises(SourceError, match="is an XML file, not an export that can be read"):
        read_raw(b'<?xml version="1.0"?><Invoice/>', "x.xml", SOURCE)


def test_an_empty_log_has_no_rows() -> None:
    raw = read_xes(log(), "x.xes", ("concept:name",))
    assert (raw.rows_read, raw.missing) == (0, ("concept:name",))
