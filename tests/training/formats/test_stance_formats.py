"""The stance corpora as released and as our own rows give the same pairs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from app.domain.page import Span
from app.domain.stance import Label, TargetKind
from models.training.formats import debagreement, mtcsd, rumoureval, semeval2016, vast
from models.training.formats.pairs import Pair, as_examples

if TYPE_CHECKING:
    from pathlib import Path


def write_rows(path: Path, *rows: dict[str, str]) -> Path:
    """Write rows of our own form."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def write_json(path: Path, value: object) -> None:
    """Write a file and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value), "utf-8")


VAST_HEADER = (
    "author,post,ori_topic,ori_id,new_topic,label,type_idx,new_id,arc_id,text,text_s,topic,"
    "topic_str,seen?,contains_topic?"
)


def test_vast_reads_the_release(tmp_path: Path) -> None:
    """Labels are numbers, a topic drawn at random stands in another column, parts are by topic."""
    path = tmp_path / "vast_dev.csv"
    path.write_text(
        f"{VAST_HEADER}\n"
        'ann,"Ban them, all.",guns,1g,gun control,1,1,a1,77,[],ban,[],gun control,0,1\n'
        "bob,No way.,guns,2g,gun control,0,2,a2,77,[],no,[],gun control,1,1\n"
        "cat,I like tea.,tea,3t,tea,2,4,a3,78,[],tea,[],gun control,0,0\n",
        "utf-8",
    )
    pairs = vast.read(path)
    assert [own.label for own in pairs] == [Label.SUPPORT, Label.DENY, Label.COMMENT]
    assert [own.target for own in pairs] == ["gun control"] * 3
    assert [own.part for own in pairs] == ["zero-shot", "few-shot", "zero-shot"]
    assert [own.group for own in pairs] == ["77", "77", "78"]
    assert pairs[0].text == "Ban them, all."


def test_vast_says_which_columns_are_missing(tmp_path: Path) -> None:
    """A file of another format is refused with its columns."""
    path = tmp_path / "other.csv"
    path.write_text("id,words\n1,x\n", "utf-8")
    with pytest.raises(ValueError, match=r"expected columns post, .* got id, words"):
        vast.read(path)


def test_vast_reads_our_rows(tmp_path: Path) -> None:
    """Article and part come from the row's source."""
    row = {"id": "v", "text": "No.", "context": "Title", "target": "tea", "label": "against"}
    (pair,) = vast.read(write_rows(tmp_path / "v.jsonl", {**row, "source": "vast:seen=0;nyt_id=5"}))
    assert (pair.label, pair.group, pair.part) == (Label.DENY, "5", "zero-shot")


@pytest.fixture
def rumours(tmp_path: Path) -> Path:
    """Write a release of one Twitter and one Reddit thread; return its folder."""
    folder = tmp_path / "rumoureval-2019-training-data"
    tweets = folder / "twitter-english" / "fire" / "10"
    write_json(tweets / "source-tweet" / "10.json", {"id_str": "10", "text": "The mill burns"})
    write_json(tweets / "replies" / "11.json", {"id_str": "11", "full_text": "It does not"})
    write_json(tweets / "replies" / "12.json", {"id_str": "12", "text": "Says who?"})
    write_json(tweets / "structure.json", {"10": {"11": {"12": []}}})
    posts = folder / "reddit-dev-data" / "ab"
    source = {"kind": "t3", "data": {"id": "ab", "title": "Fluoride dulls", "selftext": "Debunk"}}
    write_json(posts / "source-tweet" / "ab.json", {"data": {"children": [source]}})
    write_json(
        posts / "replies" / "ac.json", {"kind": "t1", "data": {"id": "ac", "body": "It is safe"}}
    )
    write_json(posts / "replies" / "ad.json", {"data": {"id": "ad", "body": "[deleted]"}})
    write_json(posts / "structure.json", {"ab": {"ac": [], "ad": []}})
    labels = {"10": "support", "11": "deny", "12": "query", "ab": "query", "ac": "deny"}
    write_json(folder / "dev-key.json", {"subtaskaenglish": {**labels, "ad": "comment"}})
    return folder


def test_rumoureval_reads_twitter_and_reddit(rumours: Path) -> None:
    """Posts have their thread's first as target, their parent as context; removed ones go."""
    pairs = {own.id: own for own in rumoureval.read(rumours)}
    assert set(pairs) == {"10", "11", "12", "ab", "ac"}
    assert pairs["12"].target == "The mill burns"
    assert pairs["12"].context == "It does not"
    assert pairs["ac"].target == pairs["ac"].context == "Fluoride dulls\n\nDebunk"
    assert pairs["ac"].label is Label.DENY
    assert pairs["10"].context == ""


def test_rumoureval_tells_replies_from_sources(rumours: Path) -> None:
    """Whoever begins a thread is a part of its own."""
    pairs = rumoureval.read(rumours / "dev-key.json")
    assert {own.id for own in pairs if own.part == rumoureval.SOURCE} == {"10", "ab"}
    assert {own.group for own in pairs} == {"10", "ab"}


def test_rumoureval_reads_a_thread_of_any_depth(tmp_path: Path) -> None:
    """A tree thousands of replies deep is walked without recursion."""
    tree: object = []
    for number in range(900, 0, -1):
        tree = {str(number): tree}
    write_json(tmp_path / "t" / "1" / "structure.json", tree)
    write_json(tmp_path / "t" / "1" / "source-tweet" / "1.json", {"text": "Claim"})
    write_json(tmp_path / "t" / "1" / "replies" / "900.json", {"text": "No"})
    write_json(tmp_path / "key.json", {"subtaskaenglish": {"900": "deny"}})
    (pair,) = rumoureval.read(tmp_path / "key.json")
    assert pair.label is Label.DENY


def test_debagreement_reads_numbers_and_words(tmp_path: Path) -> None:
    """0 disagrees, 1 is neutral, 2 agrees; the parent is both target and context."""
    path = tmp_path / "labeled_data.csv"
    path.write_text(
        "label,body_parent,body_child,msg_id_parent,msg_id_child,subreddit\n"
        "0,It rains.,It does not.,p1,c1,weather\n"
        "1,It rains.,And?,p1,c2,weather\n"
        "agree,It snows.,Yes,p2,c3,weather\n",
        "utf-8",
    )
    pairs = debagreement.read(path)
    assert [own.label for own in pairs] == [Label.DENY, Label.COMMENT, Label.SUPPORT]
    assert pairs[0].group == pairs[1].group != pairs[2].group
    (example, *_) = as_examples(pairs, TargetKind.COMMENT)
    assert example.reading.queries[0].target.text == example.reading.context == "It rains."


def test_sentences_are_asked_as_a_caller_asks_them() -> None:
    """A topic is looked for in the text; what the text answers is asked as a comment."""
    topic, answered = Pair("1", "Guns kill.", "gun", Label.DENY, "1"), "The mayor took the money."
    reply = Pair("2", "Did he?", answered, Label.QUERY, "1", context=f"No news. ||| {answered}")

    first, second = as_examples([topic, reply], TargetKind.SENTENCE)

    (asked,) = first.reading.queries
    assert (asked.target.kind, asked.mentions) == (TargetKind.TOPIC, (Span(0, 4),))
    assert second.reading.queries[0].target.kind is TargetKind.COMMENT


def test_mtcsd_follows_the_path_of_a_post(tmp_path: Path) -> None:
    """The posts above are the context, oldest first; the folder's name is the target."""
    folder = tmp_path / "data" / "Tesla"
    folder.mkdir(parents=True)
    (folder / "text.csv").write_text('id,text\n1,News\n1-1,"Great, no"\n1-1-2,Why\n', "utf-8")
    rows = [
        {"index": ["1", "1-1", "1-1-2"], "stance": "none"},
        {"index": ["1", "1-1"], "stance": "Against"},
    ]
    write_json(folder / "valid.json", rows)
    first, second = mtcsd.read(tmp_path / "data")
    assert (first.text, first.context, first.target) == ("Why", "News ||| Great, no", "Tesla")
    assert (second.text, second.label) == ("Great, no", Label.DENY)
    assert first.group == second.group == "Tesla-1"


def test_semeval_reads_tabs_and_windows_letters(tmp_path: Path) -> None:
    """Quotation marks in tweets quote nothing, and bytes that are no UTF-8 are Windows' letters."""
    path = tmp_path / "trial.txt"
    text = 'ID\tTarget\tTweet\tStance\r\n101\tAtheism\t"Lord\x92s day\tAGAINST\r\n'
    path.write_bytes(text.encode("latin-1"))
    (pair,) = semeval2016.read(path)
    assert (pair.text, pair.target, pair.label) == ('"Lord’s day', "Atheism", Label.DENY)
