"""How soon the view of a long page can be worked with: python bench/page_view.py.

The page is made up: comments by half as many authors, four in ten of them replies, three in four
with a stance to one of eight actors. Printed are the milliseconds of each step on the service, by
the clock and by the processor, then those in Chromium: from asking a running service for the stored
page to the moment when its script has everything in hand, and from choosing an actor to the next
frame. Medians of the rounds. Chromium is the one on the path, or FINGERPOST_CHROMIUM.

python bench/page_view.py [PAGES] [--comments 500] [--rounds 7]

PAGES is ignored; all programs here are given it.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from serve import served

from app.domain.mined import Actor, Mention, MinedComment, MinedPage, ModelIdentity
from app.domain.page import Article, Comment, ReplyLink, Span
from app.domain.stance import LABELS, Attribution, Label, Role, Stance
from app.mining.explain import explain_ranking
from app.mining.graph import build_graph
from app.mining.hypotheses import rank_hypotheses
from app.storage.engine import open_engine, open_session
from app.storage.pages import PageStore
from app.storage.schema import upgrade
from app.web.site.file import page_as_html
from app.web.site.site import make_site
from app.web.site.view import view_page

if TYPE_CHECKING:
    from collections.abc import Callable

LIMIT_MS = 1_000
"""What a page of 500 comments may take until it can be worked with."""

PAGE_ID = "bench"
ACTORS = 8
SAYS = (
    "said the driver of the late bus, who had seen nothing but smoke and who had no reason to lie"
)


def made_up_page(count: int) -> MinedPage:
    """Return a mined page of so many comments, the same each time."""
    chance = random.Random(3)  # noqa: S311 - nothing here is secret
    actors = [Actor(f"a{at}", f"Actor Number {at}") for at in range(ACTORS)]
    comments: list[MinedComment] = []
    mentions: dict[str, list[Mention]] = {actor.id: [] for actor in actors}
    for at in range(count):
        actor = actors[min(int(chance.expovariate(0.5)), ACTORS - 1)]
        text = f"{actor.name} did it, {SAYS[: chance.randint(0, len(SAYS))]}."
        span = Span(0, len(actor.name))
        mentions[actor.id].append(Mention(f"c{at}", span, actor.name))
        answers = at > 0 and chance.random() < 0.4  # noqa: PLR2004 - four in ten
        label = chance.choice([Label.SUPPORT, Label.SUPPORT, Label.DENY, Label.COMMENT])
        comments.append(
            MinedComment(
                Comment(
                    f"c{at}",
                    text,
                    author=f"Reader {chance.randrange(count // 2 + 1)}",
                    reply_to=f"c{chance.randrange(max(0, at - 20), at)}" if answers else None,
                    reply_link=ReplyLink.INFERRED if answers else None,
                    created_at=datetime(2025, 3, 2, at % 24, at % 60, tzinfo=UTC),
                ),
                stance_of(chance.choice(LABELS)),
                reply_stance=stance_of(chance.choice(LABELS)) if answers else None,
                attributions=()
                if label is Label.COMMENT
                else (
                    Attribution(
                        actor.id,
                        label,
                        certain=chance.random() < 0.5,  # noqa: PLR2004 - one in two
                        role=Role.PERPETRATOR,
                        reported=False,
                        probability=chance.uniform(0.5, 1),
                        evidence=Span(0, len(text)),
                    ),
                ),
                claimed_perpetrators=(actor.id,) if label is Label.SUPPORT else (),
            )
        )
    named = tuple(
        Actor(actor.id, actor.name, mentions=tuple(mentions[actor.id])) for actor in actors
    )
    return MinedPage(
        Article("A fire", "It burned.\n\nNobody was hurt."),
        tuple(comments),
        named,
        rank_hypotheses(named, comments),
        account="It burned.",
        event="It burned.",
        model=ModelIdentity("none", "0"),
        mined_at=datetime(2025, 3, 3, tzinfo=UTC),
    )


def stance_of(label: Label) -> Stance:
    """Return a stance of that label."""
    likely = tuple(0.85 if each is label else 0.05 for each in LABELS)
    return Stance(label, certain=False, probabilities=(likely[0], likely[1], likely[2], likely[3]))


def timed(work: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Return the median milliseconds of the work, by the clock and by the processor."""
    clocks, processors = [], []
    for _ in range(rounds):
        clock, processor = time.perf_counter(), time.process_time()
        work()
        clocks.append(1_000 * (time.perf_counter() - clock))
        processors.append(1_000 * (time.process_time() - processor))
    return statistics.median(clocks), statistics.median(processors)


READY = """() => (performance.getEntriesByName("interactive")[0] || { startTime: 0 }).startTime"""
"""Counted from where the browser begins to ask for the page; 0 as long as it is not ready."""

CHOOSE = """() => new Promise((resolve) => {
  const field = document.querySelector('select[name="actor"]');
  const begin = performance.now();
  field.selectedIndex = 1;
  field.dispatchEvent(new Event("change", { bubbles: true }));
  requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - begin)));
})"""


def look_at(address: str, rounds: int) -> tuple[float, float] | None:
    """Return the median milliseconds until the page is ready and until it is filtered."""
    named = [os.environ.get("FINGERPOST_CHROMIUM"), shutil.which("chromium")]
    chromium = next((each for each in named if each), None)
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 - an extra
    except ImportError:
        chromium = None
    if chromium is None:
        return None
    ready, chosen = [], []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for _ in range(rounds):
            tab = browser.new_page(viewport={"width": 1400, "height": 900})
            tab.goto(address)
            while not (took_ms := tab.evaluate(READY)):
                tab.wait_for_timeout(10)
            ready.append(took_ms)
            tab.close()
        for _ in range(rounds):  # apart: what a tab does last would hold up the next one
            tab = browser.new_page(viewport={"width": 1400, "height": 900})
            tab.goto(address)
            chosen.append(tab.evaluate(CHOOSE))
            tab.close()
        browser.close()
    return statistics.median(ready), statistics.median(chosen)


def store(mined: MinedPage, url: str) -> str:
    """Store the page in a new database, and return its id."""
    engine = open_engine(url)
    upgrade(engine)
    with open_session(engine) as session, session.begin():
        PageStore(session).add(PAGE_ID, mined, build_graph(mined), content_hash="0")
    engine.dispose()
    return PAGE_ID


def main() -> None:
    """Print what each step takes."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("pages", nargs="?")
    parser.add_argument("--comments", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    mined = made_up_page(options.comments)
    ranking = explain_ranking(mined)
    site = make_site()
    html = page_as_html(mined, ranking, site=site)
    print(f"{options.comments} comments, {len(html) / 1e6:.2f} MB in one file")
    steps: dict[str, Callable[[], object]] = {
        "explaining the ranking": lambda: explain_ranking(mined),
        "laying out thread and picture": lambda: view_page(None, mined, ranking),
        "that, and writing the page": lambda: page_as_html(mined, ranking, site=site),
    }
    for name, work in steps.items():
        clock, processor = timed(work, options.rounds)
        print(f"{name:32} {clock:6.0f} ms, {processor:6.0f} ms of the processor")
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/bench.sqlite3"
        page_id = store(mined, url)
        with served(url) as address:
            seen = look_at(f"{address}/pages/{page_id}", options.rounds)
    if seen is None:
        print("no Playwright or no Chromium here: nothing measured in a browser")
        return
    print(f"{'in Chromium, ready after':32} {seen[0]:6.0f} ms (limit {LIMIT_MS})")
    print(f"{'in Chromium, filtered after':32} {seen[1]:6.0f} ms")
    if seen[0] > LIMIT_MS:
        sys.exit(1)


if __name__ == "__main__":
    main()
