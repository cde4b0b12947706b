"""The service: everything that Fingerpost does, each use case a method.

No transaction is open while the model works.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from app import parsing
from app.domain.asking import StanceAnswer
from app.domain.ranking import RankedBy
from app.mining.disguises import undisguised_question
from app.mining.explain import explain_ranking
from app.mining.graph import build_graph
from app.service.archived import ArchiveJobs
from app.service.campaigns import Campaigns
from app.service.cautions import cautions_of
from app.service.comments import StoredComments
from app.service.content import hash_content
from app.service.coral_stories import coral_stories_of
from app.service.feedback import KeptFeedback
from app.service.jobs import Jobs
from app.service.kept import AddedPage, KeptPages
from app.service.keys import KeptKeys
from app.service.ledger import Ledger
from app.service.limits import check_page, check_question, is_long
from app.service.mining import Mining
from app.service.model import SharedModel
from app.service.moderation import Moderation
from app.service.pseudonyms import pseudonyms_of
from app.service.questions import Questions
from app.service.retention import Retention
from app.service.work import Work
from app.storage.attributions import AttributionStore
from app.storage.engine import open_session
from app.storage.schema import check_migrated

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy import Engine

    from app.config import Settings
    from app.domain.asking import StanceQuestion
    from app.domain.graph import ArgumentGraph
    from app.domain.listing import (
        AttributionFilter,
        AttributionRecord,
        PageFilter,
        PageSummary,
        Slice,
    )
    from app.domain.mined import MinedPage, ModelIdentity
    from app.domain.page import Page
    from app.domain.ranking import Ranking
    from app.mining.scorer import Scorer
    from app.service.shared import SharedScorer
    from app.service.turns import Turns


class Service:
    """Everything that Fingerpost does, for the web, the command line and jobs alike.

    `load_scorer` is called once, when the model is first needed; the scorer is then shared by
    all threads. Where it takes turns for its batches, they are `turns`. Every method may be
    called from any thread. Ids of pages, jobs or comments that do not exist raise NotFound.
    """

    def __init__(
        self,
        *,
        settings: Settings,
        engine: Engine,
        load_scorer: Callable[[], Scorer],
        turns: Turns | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._settings = settings
        self._engine = engine
        self._pages = KeptPages(engine)
        self._model = SharedModel(load_scorer, turns=turns)
        self._pseudonyms = pseudonyms_of(settings)
        self._mining = Mining(self._model, self._pages, pseudonyms=self._pseudonyms, now=now)
        self.archives = ArchiveJobs(engine, settings, self._mining.add_queued)
        self.jobs = Jobs(
            engine,
            settings,
            pseudonyms=self._pseudonyms,
            run_page=self._mining.add_queued,
            run_archive=self.archives.run,
        )
        self.campaigns = Campaigns(engine)
        self.comments = StoredComments(
            self._pages, self._mining, settings, pseudonyms=self._pseudonyms
        )
        self.feedback = KeptFeedback(engine)
        self.keys = KeptKeys(engine, now=now)
        self.moderation = Moderation(self, now=now, stories=coral_stories_of(settings))
        self.questions = Questions(engine)
        self.retention = Retention(engine, self._pages, days=settings.retention_days, now=now)
        self.ledger = Ledger(engine, self._pages, read=self._mining.read, now=now)

    @property
    def model(self) -> ModelIdentity:
        """Which model answers; loads it where it is not loaded yet."""
        return self.load_model().identity

    def load_model(self) -> SharedScorer:
        """Return the scorer, loaded once.

        Raises:
            ModelUnusable: its folder is missing, incomplete or of another make.
        """
        return self._model.load()

    def check_ready(self) -> None:
        """Return if the model is loaded and the database reached and migrated.

        Raises:
            ModelUnusable: the model cannot be loaded.
            StorageUnusable: the database cannot be reached, or is not of this version.
        """
        self.load_model()
        check_migrated(self._engine)

    def go_on(self) -> None:
        """Let the model work again after `break_off`: the service is served once more."""
        self._model.go_on()

    def break_off(self) -> None:
        """End whatever the model still works on at its next turn: the process is about to end."""
        self._model.break_off()

    def close(self) -> None:
        """Give back the connections to the database."""
        self._engine.dispose()

    def parse(
        self, data: bytes, *, content_type: str | None = None, url: str | None = None
    ) -> Page:
        """Return the page that the bytes hold.

        Raises:
            InputError: not a page that can be read, or one with more in it than is allowed.
        """
        page = parsing.parse_page(data, content_type=content_type, url=url)
        check_page(page, self._settings)
        return page

    def is_long(self, page: Page) -> bool:
        """Return whether mining takes too long to wait for, so that a job should do it."""
        return is_long(page, self._settings)

    def mine(self, page: Page, *, on_scored: Callable[[int], None] | None = None) -> MinedPage:
        """Return the mined page, stored nowhere.

        `on_scored` hears between passes of the model how many more texts have been read.
        """
        return self._mining.mine(page, Work(on_scored=on_scored))

    def draw_graph(self, mined: MinedPage) -> ArgumentGraph:
        """Return the argument graph of a mined page, which need not be stored."""
        return build_graph(mined)

    def find_page(self, page: Page) -> AddedPage | None:
        """Return the stored page of the same content, or None."""
        return self._pages.find(hash_content(self._pseudonyms.of_page(page)))

    def add_page(
        self,
        page: Page,
        *,
        remine: bool = False,
        on_scored: Callable[[int], None] | None = None,
    ) -> AddedPage:
        """Mine and store the page, unless one of the same content is there already.

        With `remine` the page that is there is mined again in place: article, account, event
        and actors as sent now, comments as they are stored, so that those added or deleted
        since stay added or deleted. What the same model said of the same texts and targets, of
        that page or of the latest one of the same address, is not asked again.
        """
        return self._mining.add(page, Work(on_scored=on_scored), remine=remine)

    def page(self, page_id: str) -> MinedPage:
        """Return a stored page."""
        return self._pages.load(page_id)

    def explain_page(self, page_id: str, *, ranked_by: RankedBy = RankedBy.STRENGTH) -> Ranking:
        """Return why the hypotheses of a stored page rank where they do."""
        return self.explain(self.page(page_id), ranked_by=ranked_by)

    def explain(self, mined: MinedPage, *, ranked_by: RankedBy = RankedBy.STRENGTH) -> Ranking:
        """Return why the hypotheses of a mined page, stored or not, rank where they do."""
        return explain_ranking(mined, ranked_by=ranked_by)

    def graph(self, page_id: str) -> ArgumentGraph:
        """Return the argument graph of a stored page."""
        return self._pages.load_graph(page_id)

    def delete_page(self, page_id: str) -> None:
        """Remove a page with everything that was made of it."""
        self._pages.delete(page_id)

    def list_pages(
        self, wanted: PageFilter, *, cursor: str | None = None, limit: int = 50
    ) -> Slice[PageSummary]:
        """Return some of the stored pages."""
        return self._pages.list(wanted, cursor=cursor, limit=limit)

    def list_attributions(
        self, wanted: AttributionFilter, *, cursor: str | None = None, limit: int = 50
    ) -> Slice[AttributionRecord]:
        """Return some of the claims about actors across all pages."""
        with open_session(self._engine, read_only=True) as session:
            return AttributionStore(session).list(wanted, cursor=cursor, limit=limit)

    def check_stance(self, question: StanceQuestion) -> None:
        """Return if the question can be asked.

        Raises:
            InvalidRequest: nothing to read or to take a stance to, or more than is allowed.
        """
        check_question(question, self._settings)

    def score_stances(self, questions: Sequence[StanceQuestion]) -> list[StanceAnswer]:
        """Return each text's stance to each of its targets; all are read together.

        "X is responsible for Y" is asked as a page's hypotheses are, any other target as it is.
        Letters that only look like others are read as those.
        """
        readings = [undisguised_question(question).as_reading() for question in questions]
        return [
            StanceAnswer(tuple(score.stance for score in own), cautions_of(question.text))
            for question, own in zip(questions, self.load_model().score(readings), strict=True)
        ]
