"""XML from anywhere is read in bounded memory, on past its mistakes, and never expands."""

from __future__ import annotations

import io

import pytest

from app.parsing.archives.records import Failure
from app.parsing.archives.xml_records import read_records
from app.parsing.archives.xml_target import XmlRecord

_BOMB = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))


def _read(text: str | bytes) -> tuple[list[XmlRecord], list[Failure]]:
    data = text.encode() if isinstance(text, str) else text
    found = list(read_records(io.BytesIO(data), {"post": None, "note": "post"}, {"text", "by@id"}))
    return (
        [each for each in found if isinstance(each, XmlRecord)],
        [each for each in found if isinstance(each, Failure)],
    )


def test_fields_and_inner_records_come_out_as_they_end():
    """A record inside another comes before it, and its fields are its own."""
    records, failures = _read(
        "<feed><post><by id='7'/><note><text>n</text></note><text>a &amp; b</text></post></feed>"
    )

    assert failures == []
    assert [(each.name, each.fields) for each in records] == [
        ("note", {"text": ["n"]}),
        ("post", {"by@id": ["7"], "text": ["a & b"]}),
    ]


@pytest.mark.parametrize(
    "document",
    [
        f'<!DOCTYPE feed [<!ENTITY l0 "lol">{_BOMB}]><feed><post><text>&l11;x</text></post></feed>',
        '<!DOCTYPE feed [<!ENTITY e SYSTEM "file:///a">]><feed><post><text>&e;x</text></post></feed>',
        '<!DOCTYPE feed SYSTEM "http://x.example/a.dtd"><feed><post><text>x</text></post></feed>',
    ],
    ids=["bomb", "file", "external"],
)
def test_entities_are_never_declared(document):
    """A document type is dropped unread: nothing expands, no file is opened, the rest is read."""
    records, _ = _read(document)

    assert [each.fields for each in records] == [{"text": ["x"]}]


def test_a_document_type_that_cannot_be_passed_over_is_refused():
    """What is not understood is not handed to the parser."""
    records, failures = _read('<!DOCTYPE feed [<!ENTITY a "<feed>&b;> <post/>')

    assert records == []
    assert "document type" in failures[0].problem


def test_broken_xml_is_read_on_and_its_first_mistake_reported():
    """A stray ampersand, a wrong end tag and a control character lose no record."""
    records, failures = _read(
        "<feed>\n<post><text>a & b</text></post>\n<post><text>c\x08d</text></oops></post>"
        "<post><text>e</text></post></feed>"
    )

    assert [each.first("text") for each in records] == ["a  b", "cd", "e"]
    assert [failure.position for failure in failures] == ["line 2"]


def test_a_record_cut_off_comes_as_far_as_it_goes():
    """The end of the file ends what is open, and is reported."""
    records, failures = _read("<feed><post><text>a</text></post><post><text>half a sen")

    assert [each.first("text") for each in records] == ["a", "half a sen"]
    assert len(failures) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "cp1252"])
def test_declared_encodings_are_read(encoding):
    """Also those with a byte order mark."""
    text = f'<?xml version="1.0" encoding="{encoding}"?><feed><post><text>é</text></post></feed>'

    records, failures = _read(text.encode(encoding))

    assert failures == []
    assert records[0].first("text") == "é"


def test_bytes_that_are_no_utf8_are_replaced():
    """One of them does not end the file, nor change how the rest is read."""
    records, failures = _read(b"<feed><post><text>\xe9\xc3\xa9</text></post></feed>")

    assert failures == []
    assert records[0].first("text") == "\ufffdé"


def test_a_text_without_end_is_cut():
    """Only so much of a text is kept, however much comes."""
    records, failures = _read(f"<feed><post><text>{'x' * 5_000_000}</text></post></feed>")

    assert failures == []
    assert len(records[0].first("text") or "") < 2_100_000


@pytest.mark.parametrize(
    "document",
    ["<feed>" + "<a>" * 100_000, f"<feed><post><text><![CDATA[{'x' * 11_000_000}]]></text></post>"],
    ids=["depth", "cdata"],
)
def test_what_would_fill_memory_ends_the_file(document):
    """Elements nested without end and sections beyond ten megabytes are refused."""
    _, failures = _read(document)

    assert len(failures) == 1


def test_repeated_fields_are_kept_up_to_a_bound():
    """A record of a million fields takes no more memory than one of some hundred."""
    records, _ = _read(f"<feed><post>{'<text>a</text>' * 10_000}</post></feed>")

    assert len(records[0].all("text")) == 200
