"""Databases for the tests of storage: SQLite in a file, and PostgreSQL where there is a server."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import make_url

from app.domain.argument import ARTICLE as ARTICLE_ID
from app.domain.argument import Arguments, Bearing, Relation, Unit, UnitKind
from app.domain.graph import About, ArgumentGraph, Edge, Node, NodeKind
from app.domain.mined import (
    IN_ARTICLE,
    Actor,
    Hypothesis,
    Mention,
    MinedComment,
    MinedPage,
    ModelIdentity,
)
from app.domain.page import Article, Comment, ReplyLink, Span
from app.domain.stance import Attribution, Label, Role, Stance
from app.storage.engine import open_engine, open_session
from app.storage.schema import upgrade

if TYPE_CHECKING:
    from collections.abc import Iterator

DATABASES = ["sqlite", "postgresql"]
ARTICLE = "Three car bombs went off in a market."
FIRST_DAY = datetime(2024, 5, 1, 12, tzinfo=UTC)
MINED_AT = datetime(2024, 5, 6, 7, 8, 9, 123456, tzinfo=UTC)


@pytest.fixture(scope="session")
def own_postgres_url(postgres_url) -> Iterator[str]:
    """The URL of a new, empty database on the server, in a locale that knows upper case."""
    url = make_url(postgres_url).set(drivername="postgresql")
    name = f"fingerpost_test_{uuid4().hex}"
    with psycopg.connect(url.render_as_string(hide_password=False), autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name} ENCODING 'UTF8' LOCALE 'C.UTF-8' TEMPLATE template0")
        yield url.set(database=name).render_as_string(hide_password=False)
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


def fresh_url(kind: str, request, folder) -> str:
    """Return the URL of an empty database: a new file, or a new schema on the server."""
    if kind == "sqlite":
        return f"sqlite:///{folder}/new/fingerpost.db"
    server = request.getfixturevalue("own_postgres_url")
    schema = f"s{uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f"CREATE SCHEMA {schema}")
    return f"{server}?options=-csearch_path%3D{schema}"


@pytest.fixture(params=DATABASES)
def database_url(request, tmp_path):
    """The URL of an empty database."""
    return fresh_url(request.param, request, tmp_path)


@pytest.fixture
def bare_engine(database_url):
    """An engine on an empty database."""
    engine = open_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def engine(bare_engine):
    """An engine on a migrated database of its own."""
    upgrade(bare_engine)
    return bare_engine


@pytest.fixture(scope="module", params=DATABASES)
def shared_engine(request, tmp_path_factory):
    """An engine on a migrated database that the tests of a module share and leave empty."""
    engine = open_engine(fresh_url(request.param, request, tmp_path_factory.mktemp("shared")))
    upgrade(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def session(shared_engine):
    """A session on a migrated, empty database, rolled back at the end."""
    with open_session(shared_engine) as session:
        yield session


def stance(label=Label.SUPPORT, *, certain=False):
    """Return a stance whose numbers have no short binary form."""
    return Stance(label, certain, (0.1, 0.2, 0.3, 0.4))


def blame(actor, *, label=Label.SUPPORT, role=Role.PERPETRATOR, certain=False, inherited=None):
    """Return an attribution to an actor."""
    return Attribution(
        actor=actor,
        label=label,
        certain=certain,
        role=None if label is Label.QUERY else role,
        reported=False,
        probability=0.7,
        evidence=Span(0, 3),
        inherited_from=inherited,
    )


CLAIMS = (
    replace(blame("a1", certain=True), premises=(Span(3, 6), Span(7, 10))),
    replace(blame("a2", role=Role.ENABLER), premises=()),
)


def arguments_of(comments):
    """Return units of the article and of every comment, each bearing on the article's."""
    unit = Unit(Span(0, 6), UnitKind.CLAIM, 0.7)
    return Arguments(
        {ARTICLE_ID: (unit,)} | {f"c{n}": (unit, unit) for n in range(1, comments + 1)},
        tuple(
            Relation((f"c{n}", 1), (ARTICLE_ID, 0), Bearing.RESTATES, 1 / 3)
            for n in range(1, comments + 1)
        ),
    )


@pytest.fixture
def make_page():
    """Return a function that makes a mined page of any number of comments."""

    def make(
        comments=2,
        *,
        names=(("Dock Militia", "the Dockers"), ("Harbour Office",)),
        said="It was the militia.",
        claims=CLAIMS,
        start=FIRST_DAY,
    ):
        actors = tuple(
            Actor(
                id=f"a{at}",
                name=name,
                aliases=tuple(aliases),
                mentions=(
                    Mention(IN_ARTICLE, Span(0, 5), ARTICLE[:5]),
                    *(Mention(f"c{n}", Span(0, 2), said[:2]) for n in range(1, comments + 1)),
                ),
            )
            for at, (name, *aliases) in enumerate(names, start=1)
        )
        return MinedPage(
            article=Article("Bombs in a market", ARTICLE, "A. Writer", FIRST_DAY),
            comments=tuple(
                MinedComment(
                    comment=Comment(
                        id=f"c{n}",
                        text=said,
                        author=f"reader {n}",
                        reply_to=f"c{n - 1}" if n > 1 else None,
                        reply_link=ReplyLink.INFERRED if n > 1 else None,
                        created_at=None if start is None else start + timedelta(hours=n),
                    ),
                    account_stance=stance(),
                    reply_stance=stance(Label.DENY, certain=True) if n > 1 else None,
                    attributions=tuple(claims),
                    claimed_perpetrators=tuple(c.actor for c in claims if c.claims_perpetrator),
                )
                for n in range(1, comments + 1)
            ),
            actors=actors,
            hypotheses=tuple(
                Hypothesis(actor.id, rank, 1 / (rank + 2), 2, 1, 0, 2)
                for rank, actor in enumerate(actors, start=1)
            ),
            account="Somebody set off three car bombs.",
            event="three car bombs in a market",
            model=ModelIdentity("little", "1"),
            mined_at=MINED_AT,
            url="https://news.example/2024/market?id=1",
            language="en",
            arguments=arguments_of(comments),
        )

    return make


@pytest.fixture
def make_graph():
    """Return a function that makes a small legal graph of a mined page."""

    def make(mined):
        account = Node("i0", NodeKind.INFORMATION, "the account", About.ACCOUNT)
        nodes, edges = [account], []
        for held in mined.comments:
            comment = held.comment
            made = (
                Node(
                    f"l-{comment.id}",
                    NodeKind.LOCUTION,
                    comment.text,
                    About.COMMENT,
                    ref=comment.id,
                    author=comment.author,
                    created_at=comment.created_at,
                ),
                Node(f"y-{comment.id}", NodeKind.ILLOCUTION, "", About.RELATION, "Asserting"),
                Node(f"i-{comment.id}", NodeKind.INFORMATION, comment.text, About.COMMENT),
                Node(
                    f"r-{comment.id}",
                    NodeKind.INFERENCE,
                    "",
                    About.RELATION,
                    "Default Inference",
                    probability=held.account_stance.probability,
                    certain=held.account_stance.certain,
                ),
            )
            nodes += made
            ids = [node.id for node in made]
            edges += [
                *(Edge(*pair) for pair in pairwise(ids)),
                Edge(ids[-1], account.id),
            ]
        return ArgumentGraph(tuple(nodes), tuple(edges))

    return make
