"""ConvoKit: pages come back whole, pickles are never loaded, other zips are refused."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import InvalidPage, PageTooLarge, UnreadablePage
from app.exchange.convokit import NOBODY, pages_as_convokit
from app.exchange.convokit_reader import read_convokit
from app.exchange.losses import LossTally
from tests.exchange.drawn_pages import mined_page, mined_pages


@given(st.lists(mined_pages(), max_size=2))
@settings(max_examples=40)
def test_pages_come_back_whole(pages):
    """Any pages are read back equal under their ids, and nothing is reported lost."""
    tally = LossTally()
    named = tuple((f"p{at}", mined) for at, mined in enumerate(pages))

    assert read_convokit(pages_as_convokit(named), tally) == named
    assert tally.report() == ()


def files_of(data):
    """Return the files of a zip by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zip_of(files):
    """Return a zip of files by name."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


def test_the_article_is_the_root():
    """Comments that answer nothing answer the article, so that each page is one tree."""
    lines = files_of(pages_as_convokit([("p1", mined_page())]))["corpus/utterances.jsonl"]

    said = [json.loads(line) for line in lines.splitlines()]
    assert [(each["id"], each["reply-to"]) for each in said] == [
        ("p1", None),
        ("p1/c1", "p1"),
        ("p1/c2", "p1/c1"),
    ]
    assert [each["speaker"] for each in said] == [NOBODY, "Ann", NOBODY]
    assert said[1]["timestamp"] == 1767323045
    assert said[1]["meta"]["attributions"][0]["actor"] == "council"


def test_files_are_ascii_and_the_same_each_time():
    """ConvoKit reads files in any locale, and equal pages give equal bytes."""
    first, second = (pages_as_convokit([(None, mined_page())]) for _ in range(2))

    assert first == second
    assert all(data.isascii() for data in files_of(first).values())


def test_pages_without_ids_keep_apart():
    """Two pages that are not stored become two conversations."""
    pages = pages_as_convokit([(None, mined_page()), (None, mined_page())])

    assert [name for name, _ in read_convokit(pages)] == ["page", "page-2"]


def test_the_index_names_the_classes():
    """Every key of the metadata is in the index, or ConvoKit would drop it on dumping."""
    files = files_of(pages_as_convokit([("p1", mined_page())]))

    index = json.loads(files["corpus/index.json"])
    assert index["utterances-index"]["kind"] == ["<class 'str'>"]
    assert index["utterances-index"]["attributions"] == ["<class 'list'>"]
    assert index["conversations-index"]["model"] == ["<class 'dict'>"]
    assert set(index) == {
        *(f"{each}-index" for each in ("utterances", "speakers", "conversations", "overall")),
        "version",
        "vectors",
    }


def test_a_pickle_is_never_loaded():
    """A pickled file in the zip is passed over and told, whatever it would do."""
    bomb = b"cos\nsystem\n(S'exit 1'\ntR."
    files = files_of(pages_as_convokit([("p1", mined_page())]))
    tally = LossTally()

    pages = read_convokit(zip_of(files | {"corpus/kind-bin.p": bomb, "corpus/x.txt": b""}), tally)

    assert pages[0][1].comments
    assert [(loss.what, loss.places) for loss in tally.report()] == [
        ("a pickled file, which is never loaded", ("kind-bin.p",)),
        ("a file that is none of a corpus", ("x.txt",)),
    ]


FILES = files_of(pages_as_convokit([("p1", mined_page())]))
UTTERANCES, CONVERSATIONS = "corpus/utterances.jsonl", "corpus/conversations.json"


def changed(old, new):
    """Return the corpus with a change to its utterances."""
    return zip_of(FILES | {UTTERANCES: FILES[UTTERANCES].replace(old, new)})


@pytest.mark.parametrize(
    ("data", "error", "named"),
    [
        (b"", UnreadablePage, "zip"),
        (b"PK\x03\x04", UnreadablePage, "zip"),
        (zip_of({}), UnreadablePage, "utterances.jsonl"),
        (zip_of({UTTERANCES: b""}), UnreadablePage, "conversations.json"),
        (zip_of(FILES | {f"x/{UTTERANCES}": b""}), UnreadablePage, "one file"),
        (zip_of(FILES | {CONVERSATIONS: b"[]"}), UnreadablePage, "conversations"),
        (zip_of(FILES | {CONVERSATIONS: b'{"p1": {"meta": {}}}'}), UnreadablePage, "stances"),
        (zip_of(FILES | {UTTERANCES: b"[" * 100_000}), UnreadablePage, "deeply"),
        (changed(b'"p1"', b'"p2"'), UnreadablePage, "line 1"),
        (changed(b'"p1/c1"', b'"c1"'), UnreadablePage, "of its conversation"),
        (changed(b'"reply-to": "p1/c1"', b'"reply-to": "p1/c9"'), InvalidPage, "c9"),
        (changed(b'"reply-to": "p1",', b'"reply-to": "p1/c2",'), InvalidPage, "circle"),
        (changed(b'"actor"', b'"victim"'), UnreadablePage, "actor"),
    ],
)
def test_other_zips_are_refused(data, error, named):
    """What is no corpus of ours is refused in one sentence, and no traceback of zipfile."""
    with pytest.raises(error, match=named):
        read_convokit(data)


@pytest.mark.parametrize("mask", [0x01, 0x80, 0xFF])
def test_a_damaged_zip_is_read_or_refused(mask):
    """Whatever byte is changed, the pages are those that were written, or it is refused."""
    whole = zip_of(FILES)

    for at in range(0, len(whole), 5):
        data = bytearray(whole)
        data[at] ^= mask
        try:
            assert read_convokit(bytes(data)) == (("p1", mined_page()),)
        except (UnreadablePage, PageTooLarge):
            continue


def test_a_zip_of_another_method_is_refused():
    """Only what zips are made of everywhere is unpacked."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_LZMA) as archive:
        for name, data in FILES.items():
            archive.writestr(name, data)

    with pytest.raises(UnreadablePage, match="another method"):
        read_convokit(stream.getvalue())


def test_a_zip_that_unpacks_to_too_much_is_refused():
    """What would unpack beyond the limit is not unpacked."""
    bomb = zip_of(FILES | {UTTERANCES: b" " * 10**6})

    with pytest.raises(PageTooLarge, match="500000"):
        read_convokit(bomb, max_unpacked_bytes=500_000)
