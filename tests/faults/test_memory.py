"""Out of memory: what asked for it fails, and nothing else does."""

from __future__ import annotations

from tests.faults.serving import page

LIMIT = "import resource; resource.setrlimit(resource.RLIMIT_AS, (6 * 2**30,) * 2)\n"
HUNGRY = "len(bytes(64 * 2**30))"
"""More than the limit allows, as a text that nobody thought of might."""

GREEDY = """
from tests import fakes
whole = fakes.FakeScorer.score
def score(self, readings):
    if any("greedy" in reading.text for reading in readings):
        {hungry}
    return whole(self, readings)
fakes.FakeScorer.score = score
"""


def test_a_page_that_takes_all_memory_fails_alone(serve, tmp_path):
    """Its request gets 500 and its job fails; other requests and jobs go on."""
    url = f"sqlite:///{tmp_path}/fingerpost.sqlite3"
    serving = serve(url, before=LIMIT + GREEDY.format(hungry=HUNGRY))
    refused = serving.ask("/v1/pages", page("greedy"))
    failing = serving.ask("/v1/pages?wait=false", page("greedy job"))[1]
    fine = serving.ask("/v1/pages?wait=false", page("modest job"))[1]

    failed, done = serving.wait_for_job(failing["id"]), serving.wait_for_job(fine["id"])

    assert refused[0] == 500
    assert failed["state"] == "failed"
    assert done["state"] == "done"
    assert serving.ask("/v1/pages", page("modest"))[0] == 201
