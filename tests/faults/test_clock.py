"""A clock that is set back while jobs run: they are taken up and end all the same."""

from __future__ import annotations

import time

from tests.faults.serving import page

SET_BACK = """
import datetime
import app.service.queued, app.service.use_cases
class Clock(datetime.datetime):
    @classmethod
    def now(cls, zone=None):
        return datetime.datetime.now(zone) - datetime.timedelta(hours=1)
for each in (app.service.queued, app.service.use_cases):
    each.datetime = Clock
"""
"""What a machine's clock is to the process, an hour behind what it was to the one before."""


def test_jobs_outlive_a_clock_set_back(serve, tmp_path):
    """A process dies, then the clock goes back an hour: another takes its job up at once."""
    url = f"sqlite:///{tmp_path}/fingerpost.sqlite3"
    first = serve(url, on_call="time.sleep(0.2)")
    there = first.ask("/v1/pages", page("there"))[1]
    job = first.ask("/v1/pages?wait=false", page("job", 300))[1]
    while first.ask(f"/v1/jobs/{job['id']}")[1]["state"] != "running":
        time.sleep(0.05)
    first.end()

    second = serve(url, before=SET_BACK)
    done = second.wait_for_job(job["id"])
    later = second.ask("/v1/pages", page("later"))[1]
    listed = second.ask("/v1/pages")[1]

    assert done["state"] == "done"
    assert later["mined_at"] < there["mined_at"]
    assert {each["id"] for each in listed["items"]} == {there["id"], later["id"], done["result"]}
