"""A page's actors: found from marks and rules, or as the caller gave them."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.mined import IN_ARTICLE
from app.domain.page import Article, Comment, NamedActor, Page, Span
from app.domain.reading import ActorMention
from app.mining.actors import gather_actors
from app.mining.ranking import MAX_ACTORS


class PatternTagger:
    """Marks whatever a pattern matches, each with the same probability."""

    def __init__(self, pattern: str, probability: float = 0.9):
        self.calls = []
        self._pattern = re.compile(pattern)
        self._probability = probability

    def tag_actors(self, texts):
        """Return every match of each text."""
        self.calls.append(tuple(texts))
        return [
            tuple(
                ActorMention(Span(*match.span()), self._probability)
                for match in self._pattern.finditer(text)
            )
            for text in texts
        ]


CAPITALISED = PatternTagger(r"[A-Z][\w'’]+(?:[ -][A-Z][\w'’]+)*")


def page_of(article: str, *comments: str, title: str | None = None, authors=()) -> Page:
    """Return a page with comments c1, c2 and so on."""
    names = [*authors, *[None] * len(comments)]
    return Page(
        Article(title, article),
        tuple(Comment(f"c{at + 1}", text, names[at]) for at, text in enumerate(comments)),
    )


def names_of(page: Page, tagger=CAPITALISED) -> dict[str, set[str]]:
    """Return each actor's name with its other names."""
    return {actor.name: set(actor.aliases) for actor in gather_actors(page, tagger)}


def test_an_actor_has_the_fullest_name_of_the_article_and_all_its_mentions():
    """Names of article and comments become one actor, with spans in each."""
    page = page_of(
        "Police suspect the Tarn Valley Brigade. The TVB denied it.",
        "It was the Brigade, no doubt.",
        "tvb? never",
    )
    (actor,) = gather_actors(page, PatternTagger(r"Tarn Valley Brigade|TVB|\bBrigade"))
    assert (actor.id, actor.name) == ("tarn-valley-brigade", "Tarn Valley Brigade")
    assert set(actor.aliases) == {"TVB", "Brigade"}
    assert [(mention.location, mention.text) for mention in actor.mentions] == [
        (IN_ARTICLE, "Tarn Valley Brigade"),
        (IN_ARTICLE, "TVB"),
        ("c1", "Brigade"),
        ("c2", "tvb"),
    ]


def test_the_tagger_is_asked_once_for_all_texts():
    """Title, article and comments go to the tagger in one call."""
    tagger = PatternTagger("x")
    gather_actors(page_of("Article.", "One.", "Two.", title="Title"), tagger)
    assert tagger.calls == [("Title", "Article.", "One.", "Two.")]


@pytest.mark.parametrize(
    "article",
    [
        "Some blame the Harbour Liberation Front (HLF) for it.",
        "HLF, as the Harbour Liberation Front is known, was blamed.",
        "They blame HLF (Harbour Liberation Front) for it.",
        "Men of the Harbour Liberation Front, also known as HLF, did it.",
    ],
)
def test_a_gloss_in_the_article_joins_both_names(article):
    """However the article explains a short name, it goes with the long one."""
    tagger = PatternTagger("Harbour Liberation Front|HLF")
    assert names_of(page_of(article, "HLF again"), tagger) == {"Harbour Liberation Front": {"HLF"}}


def test_a_gloss_brings_in_the_name_that_the_tagger_missed():
    """An acronym in brackets is found where only the words before it were marked."""
    page = page_of("They suspect the Temple Guards (TRGC) of it.", "TRGC all over")
    assert names_of(page, PatternTagger("Temple Guards")) == {"Temple Guards": {"TRGC"}}


def test_an_apposition_joins_a_described_party_with_its_name():
    """A comma between role and name joins the two; a list names several parties."""
    tagger = PatternTagger("landlord|Acme Homes|council|tenants")
    one = page_of("The landlord, Acme Homes, denied it.", "blame the landlord")
    assert names_of(one, tagger) == {"Acme Homes": {"landlord"}}
    several = page_of("The landlord, Acme Homes and the council denied it.", "the landlord")
    assert len(names_of(several, tagger)) == 3


def test_a_marked_word_before_a_single_name_is_that_name_only_if_it_is_a_role():
    """A role before a whole name or a surname goes with it; a verb before a state does not."""
    page = page_of("A ferry sank.", "stepson Jake Mullins knew, they want to absolve Iran", "Iran!")
    tagger = PatternTagger("stepson|Jake Mullins|absolve|Iran")
    found = names_of(page, tagger)

    assert any("stepson" in aliases for aliases in found.values())
    assert "absolve" not in found["Iran"]


def test_a_described_party_keeps_its_article():
    """A party without a name is called what the text calls it."""
    page = page_of("Witnesses spoke of a local militia.", "the local militia did it")
    (actor,) = gather_actors(page, PatternTagger("local militia"))
    assert (actor.id, actor.name) == ("a-local-militia", "a local militia")


def test_a_mark_of_half_a_name_counts_for_the_whole():
    """A mark on the end of "al Qaeda in Iraq" makes no actor "Iraq"."""
    page = page_of("It was al Qaeda in Iraq. Yes, al Qaeda in Iraq.", "al qaeda in iraq again")
    tagger = PatternTagger(r"al Qaeda in Iraq(?=\.$)|Iraq(?=\. Yes)")
    assert set(names_of(page, tagger)) == {"al Qaeda in Iraq"}


def test_a_state_and_what_it_owns_are_two_actors():
    """The Qods Force is itself where it is called Iran's, and Iran is where Iran is marked."""
    page = page_of("Iran's Qods Force was there, and Iran paid.", "the Quds Force! Iranians!")
    assert names_of(page, PatternTagger("Iran's Qods Force|Quds Force|Iranians|Iran")) == {
        "Qods Force": {"Quds Force"},
        "Iran": {"Iranians"},
    }


def test_commenters_and_agencies_are_no_actors():
    """A commenter who is answered, a handle and an agency as source are not weighed."""
    page = page_of(
        "Gulfcom cut the cable, Reuters reported.",
        "As Marlin Keys mentions, Gulfcom did it. @Gulfcom say so!",
        "I doubt it",
        authors=["Sam", "Marlin Keys"],
    )
    assert set(names_of(page, PatternTagger("Gulfcom|Reuters|Marlin Keys"))) == {"Gulfcom"}


def test_little_evidence_is_not_enough_and_the_number_is_limited():
    """A single doubtful mark makes no actor, and no page has more than the stated number."""
    assert names_of(page_of("Quiet.", "Some Zorbl."), PatternTagger("Zorbl", 0.4)) == {}
    many = "Alpha. Bravo. Charlie. Delta. Echo. Foxtrot. Golf. Juliett. Kilo. Lima. November. "
    more = "Papa. Quebec. Romeo. Sierra. Tango. Uniform. Victor. Whiskey. Yankee. Zulu."
    assert len(gather_actors(page_of(many + more), PatternTagger(r"[A-Z]\w+"))) == MAX_ACTORS


def test_given_actors_are_used_as_given():
    """The caller's list is kept, ids, order and all, with mentions; the tagger is not asked."""
    given_actors = (NamedActor("b", "Acme Homes", ("the landlord",)), NamedActor("a", "Nobody"))
    page = Page(
        Article("Acme Homes", "Acme Homes denied it."),
        (Comment("c1", "The landlord lies, like Gulfcom."),),
        actors=given_actors,
    )
    tagger = PatternTagger("Gulfcom")
    actors = gather_actors(page, tagger)
    assert [(actor.id, actor.name, actor.aliases) for actor in actors] == [
        ("b", "Acme Homes", ("the landlord",)),
        ("a", "Nobody", ()),
    ]
    assert [(each.location, each.text) for each in actors[0].mentions] == [
        (IN_ARTICLE, "Acme Homes"),
        ("c1", "landlord"),
    ]
    assert tagger.calls == []
    assert gather_actors(Page(Article(), actors=()), tagger) == ()


def test_a_hundred_thousand_words_are_read():
    """A comment of 100,000 words gives its actor and every place where it is named."""
    page = page_of("The Lydden Gang did it.", "word " * 99_998 + "Lydden Gang")
    (actor,) = gather_actors(page, PatternTagger("Lydden Gang"))
    assert actor.mentions[-1].span == Span(499_990, 500_001)


words = st.sampled_from(
    "the a of Iran Iranian al Qaeda AQI Ireland Bank Lee John (LEE) 😀 ايران İstanbul ß ﬁ US us "
    "O'Neill's police, chief. \ud800 \x85 - ’s @Sam M$ G&F gang".split(" ")
)
texts = st.lists(words, max_size=25).map(" ".join) | st.text(max_size=40)


@settings(max_examples=60)
@given(texts, texts, st.lists(texts, max_size=4))
def test_mentions_are_true_ids_unique_and_the_result_the_same_each_time(title, article, comments):
    """Every mention is the text of its span, ids differ, and asking twice changes nothing."""
    page = page_of(article, *comments, title=title, authors=["Sam", "John Lee"])
    tagger = PatternTagger(r"\w+(?: \w+)?", 0.8)
    actors = gather_actors(page, tagger)
    sources = {IN_ARTICLE: article} | {each.id: each.text for each in page.comments}
    for actor in actors:
        assert actor.name.strip()
        for mention in actor.mentions:
            assert mention.span.text_of(sources[mention.location]) == mention.text != ""
    assert len({actor.id for actor in actors}) == len(actors)
    assert gather_actors(page, tagger) == actors
