"""The service: everything that Fingerpost does, each use case a method.

No transaction is open while the model works.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from threading import Lock
from typing import TYPE_CHECKING

from app.domain.job import JobKind
from app.domain.ranking import RankedBy
from app.domain.reading import Query, Reading
from app.domain.source import Source
from app.domain.stance import Target, TargetKind
from app.errors import NotFound
from app.mining.again import mine_again
from app.mining.explain import explain_ranking
from app.mining.graph import build_graph
from app.mining.memo import unpack_memo
from app.mining.mine import mine
from app.parsing.page import parse_comments, parse_page
from app.service.archived import ArchiveJobs
from app.service.campaigns import Campaigns
from app.service.content import canonical_json, hash_content, renewed, taken_ids
from app.service.feedback import KeptFeedback
from app.service.kept import AddedPage, KeptPages, ReadPage, new_id
from app.service.keys import KeptKeys
from app.service.ledger import Ledger
from app.service.limits import check_comments, check_page, check_question, is_long
from app.service.moderation import Moderation
from app.service.questions import Questions
from app.service.queued import KeptJobs
from app.service.turns import SharedScorer
from app.service.webhook import webhook_of
from app.storage.attributions import AttributionStore
from app.storage.engine import open_session
from app.storage.schema import check_migrated

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from sqlalchemy import Engine

    from app.config import Settings
    from app.domain.graph import ArgumentGraph
    from app.domain.job import Job
    from app.domain.listing import (
        AttributionFilter,
        AttributionRecord,
        PageFilter,
        PageSummary,
        Slice,
    )
    from app.domain.mined import MinedPage, ModelIdentity
    from app.domain.page import Comment, Page
    from app.domain.ranking import Ranking
    from app.domain.stance import Stance
    from app.mining.scorer import Scorer
    from app.storage.sources import StoredPage

_SMALL_PAGE = (
    b"""{"article": "A shed burned down in the night.", "comments": [{"text": "Who did it?"}]}"""
)


class Service:
    """Everything that Fingerpost does, for the web, the command line and jobs alike.

    `load_scorer` is called once, when the model is first needed; the scorer is then shared by
    all threads. Every method may be called from any thread. Ids of pages, jobs or comments that
    do not exist raise NotFound.
    """

    def __init__(
        self,
        *,
        settings: Settings,
        engine: Engine,
        load_scorer: Callable[[], Scorer],
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._settings = settings
        self._engine = engine
        self._pages = KeptPages(engine)
        self.jobs = KeptJobs(
            engine, lease_s=settings.job_lease_s, notifies=settings.webhook_url is not None
        )
        self.archives = ArchiveJobs(
            engine,
            settings,
            lambda page, on_scored: self.add_page(page, on_scored=on_scored),
        )
        self._webhook = webhook_of(settings, engine)
        self._load_scorer = load_scorer
        self._scorer: SharedScorer | None = None
        self._loading = Lock()
        self._now = now
        self.campaigns = Campaigns(engine)
        self.feedback = KeptFeedback(engine)
        self.keys = KeptKeys(engine, now=now)
        self.moderation = Moderation(self, now=now)
        self.questions = Questions(engine)
        self.ledger = Ledger(engine, self._pages, read=self._read, now=now)

    @property
    def model(self) -> ModelIdentity:
        """Which model answers; loads it where it is not loaded yet."""
        return self.load_model().identity

    def load_model(self) -> SharedScorer:
        """Return the scorer, loaded once.

        Raises:
            ModelUnusable: its folder is missing, incomplete or of another make.
        """
        with self._loading:
            if self._scorer is None:
                self._scorer = SharedScorer(self._load_scorer())
            return self._scorer

    def warm_up(self) -> None:
        """Load all that is loaded once, by mining a page of one comment; nothing is stored."""
        self.mine(self.parse(_SMALL_PAGE, content_type="application/json"))

    def check_ready(self) -> None:
        """Return if the model is loaded and the database reached and migrated.

        Raises:
            ModelUnusable: the model cannot be loaded.
            StorageUnusable: the database cannot be reached, or is not of this version.
        """
        self.load_model()
        check_migrated(self._engine)

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
        page = parse_page(data, content_type=content_type, url=url)
        check_page(page, self._settings)
        return page

    def is_long(self, page: Page) -> bool:
        """Return whether mining takes too long to wait for, so that a job should do it."""
        return is_long(page, self._settings)

    def mine(self, page: Page, *, on_scored: Callable[[int], None] | None = None) -> MinedPage:
        """Return the mined page, stored nowhere.

        `on_scored` hears between passes of the model how many more texts have been read.
        """
        return mine(page, self._watched_model(on_scored), now=self._now())

    def draw_graph(self, mined: MinedPage) -> ArgumentGraph:
        """Return the argument graph of a mined page, which need not be stored."""
        return build_graph(mined)

    def find_page(self, page: Page) -> AddedPage | None:
        """Return the stored page of the same content, or None."""
        return self._pages.find(hash_content(page))

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
        since stay added or deleted.
        """
        content_hash = hash_content(page)
        there = self._pages.find(content_hash)
        if there is not None and not remine:
            return there
        if there is not None:
            with suppress(NotFound):  # deleted in the meantime: then it is a new page
                mined = self._pages.change(
                    there.id,
                    lambda seen: self._read(renewed(page, seen.source), None, on_scored),
                )
                return AddedPage(there.id, mined, created=False)
        read = self._read(Source(page), None, on_scored)
        return self._pages.add(read, content_hash=content_hash)

    def page(self, page_id: str) -> MinedPage:
        """Return a stored page."""
        return self._pages.load(page_id)

    def explain_page(self, page_id: str, *, ranked_by: RankedBy = RankedBy.STRENGTH) -> Ranking:
        """Return why the hypotheses of a stored page rank where they do."""
        return explain_ranking(self.page(page_id), ranked_by=ranked_by)

    def graph(self, page_id: str) -> ArgumentGraph:
        """Return the argument graph of a stored page."""
        return self._pages.load_graph(page_id)

    def add_comments(
        self,
        page_id: str,
        comments: Sequence[Comment] | bytes,
        *,
        on_scored: Callable[[int], None] | None = None,
    ) -> MinedPage:
        """Add comments to a stored page; only they, and what they touch, are read.

        Comments may come as the JSON body that holds them; those without an id in it get the
        next free one, "c10" on a page of nine, however many callers add some at once.

        Raises:
            InputError: the body cannot be read.
            InvalidPage: an id is there already, or a reply answers nothing or itself.
            PageTooLarge: the page would have more comments than is allowed.
        """

        def extended(seen: StoredPage) -> ReadPage:
            there = seen.source.page.comments
            new = (
                parse_comments(comments, taken=taken_ids(there))
                if isinstance(comments, bytes)
                else comments
            )
            check_comments(len(there) + len(new), self._settings)
            return self._read(seen.source.with_comments(new), seen.memo, on_scored)

        return self._pages.change(page_id, extended)

    def edit_comment(
        self,
        page_id: str,
        comment_id: str,
        text: str,
        *,
        on_scored: Callable[[int], None] | None = None,
    ) -> MinedPage:
        """Give a comment another text; only it, and what it touches, is read."""
        return self._pages.change(
            page_id,
            lambda seen: self._read(
                seen.source.with_changed(comment_id, text=text), seen.memo, on_scored
            ),
        )

    def delete_page(self, page_id: str) -> None:
        """Remove a page with everything that was made of it."""
        self._pages.delete(page_id)

    def delete_comment(self, page_id: str, comment_id: str) -> MinedPage:
        """Remove a comment from a page, its ranking and its graph, for good; return what is left.

        One that is withheld can be removed too.
        """
        return self._pages.change(
            page_id, lambda seen: self._read(seen.source.without(comment_id), seen.memo)
        )

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

    def score_stance(
        self, text: str, *, context: str | None = None, targets: Sequence[str]
    ) -> tuple[Stance, ...]:
        """Return the text's stance to each target; `context` is what the text answers.

        Raises:
            InvalidRequest: nothing to read or to take a stance to, or more than is allowed.
        """
        check_question(text, context, targets, self._settings)
        queries = tuple(Query(Target(TargetKind.SENTENCE, target)) for target in targets)
        (scores,) = self.load_model().score([Reading(text, queries, context=context)])
        return tuple(score.stance for score in scores)

    def submit_page(self, page: Page, *, remine: bool = False) -> Job:
        """Leave a page to be mined in the background; the job outlives this process."""
        job_id = new_id("j")
        return self.jobs.add(job_id, canonical_json(page), remine=remine, total=len(page.comments))

    def job(self, job_id: str) -> Job:
        """Return how far a job has come."""
        return self.jobs.load(job_id)

    def requeue_jobs(self) -> None:
        """Queue again what was running when its process ended; call it now and then."""
        self.jobs.requeue()

    def tell_of_next_job(self) -> bool:
        """Tell the webhook of a job that ended; return False where there is nothing to tell."""
        return self._webhook is not None and self._webhook.tell_next()

    def run_next_job(
        self,
        *,
        stopping: Callable[[], bool] = lambda: False,
        kinds: Collection[JobKind] = tuple(JobKind),
    ) -> bool:
        """Run the job that waits longest of those kinds; return False where none waits.

        A job that fails keeps its problem. When `stopping` turns true the job is broken off
        between passes of the model and queued again.
        """

        def run(page: Page, remine: bool, on_scored: Callable[[int], None]) -> str:  # noqa: FBT001 - a callback
            return self.add_page(page, remine=remine, on_scored=on_scored).id

        return self.jobs.run_next(run, self.archives.run, stopping=stopping, kinds=kinds)

    def _read(
        self,
        source: Source,
        memo: bytes | None,
        on_scored: Callable[[int], None] | None = None,
    ) -> ReadPage:
        scorer = self._watched_model(on_scored)
        again = mine_again(source.shown(), scorer, unpack_memo(memo), now=self._now())
        return ReadPage(again.mined, source, again.memo.pack())

    def _watched_model(self, on_scored: Callable[[int], None] | None) -> SharedScorer:
        scorer = self.load_model()
        return scorer if on_scored is None else scorer.watched(on_scored)
