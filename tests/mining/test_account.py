"""The account and the event are the article's own sentences, or what the caller gave."""

from app.domain.page import Article, Page
from app.domain.reading import SentenceScore
from app.mining.account import AccountChoice, choose_account


class WordReader:
    """Finds the account where "blamed" stands and the event where "fire" does."""

    def __init__(self):
        self.asked = []

    def score_sentences(self, title, sentences):
        """Return 9 where the word stands and -9 elsewhere."""
        self.asked.append((title, tuple(sentences)))
        return [
            SentenceScore(9.0 if "blamed" in text else -9.0, 9.0 if "fire" in text else -9.0)
            for text in sentences
        ]


ARTICLE = "Neighbours stood outside.\n\nA fire gutted the\nmill. The owner is blamed."


def test_the_best_sentences_are_chosen():
    """Account and event are the sentences that the reader finds best, each on one line."""
    page = Page(Article("Mill news", ARTICLE))
    assert choose_account(page, WordReader()) == AccountChoice(
        "The owner is blamed.", "A fire gutted the mill."
    )


def test_title_and_lead_decide_between_equals():
    """Where the reader sees no difference, the title is the account, else the first sentence."""
    assert choose_account(Page(Article("News", "One. Two.")), WordReader()).account == "News"
    assert choose_account(Page(Article(None, "One. Two.")), WordReader()).account == "One."


def test_a_page_without_an_event_has_none():
    """Where no sentence of several stands out as an event it is null; of a few one is taken."""
    several = Page(Article("News", "One. Two. Three. Four. Five. Six."))
    assert choose_account(several, WordReader()).event is None
    assert choose_account(Page(Article("News", "One.")), WordReader()).event == "News"


def test_what_is_given_is_kept():
    """A given account or event is used as given, and the reader is asked only for the other."""
    reader = WordReader()
    both = Page(Article("News", ARTICLE), account="It was arson.", event="A mill burned.")
    assert choose_account(both, reader) == AccountChoice("It was arson.", "A mill burned.")
    assert reader.asked == []
    one = Page(Article("News", ARTICLE), account="It was arson.")
    assert choose_account(one, reader) == AccountChoice("It was arson.", "A fire gutted the mill.")


def test_an_empty_article_has_neither():
    """Nothing to read, nothing chosen, and nobody asked."""
    reader = WordReader()
    assert choose_account(Page(Article(" ", " \n ")), reader) == AccountChoice(None, None)
    assert reader.asked == []


def test_a_sentence_without_end_is_cut_at_a_word():
    """A text without stops gives an account of limited length, not the whole text."""
    account = choose_account(Page(Article(None, "blamed fire " * 50_000)), WordReader()).account
    assert account is not None
    assert len(account) <= 600
    assert account.endswith(("blamed", "fire"))
