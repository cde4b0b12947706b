"""The whole OpenAPI document, tried: requests that it allows, and requests that it does not."""

from __future__ import annotations

import re
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, settings

from app.bootstrap import build_service
from app.config import Settings
from app.domain.key import Scope
from app.web.app import create_app
from tests.fakes import FakeScorer
from tests.web.silence import silent_logger

schemathesis = pytest.importorskip("schemathesis", reason="needs schemathesis: make test has it")
checks = pytest.importorskip("schemathesis.specs.openapi.checks")

BEYOND_SCHEMAS = re.compile(
    r"a cursor as the list before it gave it|counts by \w+ of one actor"
    r"|expected 1 to 16 words or phrases"
    r"|no folder of archives is set|expected one of wordpress, disqus"
    # What is in a file, or in a body that is no JSON.
    r"|JSON in UTF-8, got|expected JSON, got|a page with comments, found none"
    r"|expected text, got|an archive in the body, got"
    r"|id once, got|reply_to of comment|without a circle|without the character U\+0000"
    r"|Unable to detect language|does not support request languages|Context can have either"
)
"""What no schema can say of a request; it is refused though its schema allows it."""


# Tests are made of the document, and requests with the key, before there could be any fixture.
_FOLDER = TemporaryDirectory(prefix="fingerpost-")
_SETTINGS = Settings(
    database_url=f"sqlite:///{_FOLDER.name}/fingerpost.sqlite3",
    require_keys=True,
    key_per_minute=1_000_000,
    max_body_bytes=100_000,
)
_SERVICE = build_service(_SETTINGS, load_scorer=FakeScorer, migrate=True)
SECRET = _SERVICE.keys.make("a test", [Scope.ADMIN]).secret
API = schemathesis.openapi.from_asgi(
    "/openapi.json", create_app(_SERVICE, _SETTINGS, runs_jobs=False, logger=silent_logger())
)


@pytest.fixture(scope="module", autouse=True)
def _closed_at_the_end():
    yield
    _SERVICE.close()
    _FOLDER.cleanup()


@API.auth()
class WithKey:
    """Gives each request the key, but for those that are to come without one."""

    def get(self, _case, _context) -> str:
        """Return the key."""
        return SECRET

    def set(self, case, data, _context) -> None:
        """Put the key in its header."""
        case.headers["Authorization"] = f"Bearer {data}"


@API.parametrize()
@settings(
    max_examples=4,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_nothing_that_is_sent_surprises_it(case):
    """Every answer is one that the document describes, whatever is sent; keys are asked for."""
    answer = case.call()

    passed_over = []
    if BEYOND_SCHEMAS.search(answer.text):
        passed_over.append(checks.positive_data_acceptance)
    if case.path.startswith("/v1alpha1/"):  # Perspective's own answer to a wrong key is a 400
        passed_over.append(checks.ignored_auth)
    case.validate_response(answer, excluded_checks=passed_over)
