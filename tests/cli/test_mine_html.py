"""`mine --html`: the view of a page as one file."""

from __future__ import annotations

import base64
import hashlib
import re

from tests.cli.conftest import write_page


def test_the_view_is_one_file_that_needs_nothing_else(run, environment, page_file):
    """It has style and script in it, admits just these, and leads to nothing on a service."""
    done = run("mine", page_file, "--no-store", "--html", "view.html")

    assert (done.exit_code, done.stdout) == (0, "")
    text = (environment / "view.html").read_text(encoding="utf-8")
    assert "Veltra Transit" in text
    assert not re.search(r'(?:src|href|action)="(?!#|https://news\.example/)', text)
    policy = re.search(r'security-policy" content="([^"]+)"', text)[1]
    for tag in ("style", "script"):
        inside = re.search(rf"<{tag}[^>]*>(.*?)</{tag}>", text, re.DOTALL)[1]
        digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        assert f"sha256-{digest}" in policy.replace("&#39;", "'").replace("&#43;", "+")
    assert "import " not in text.partition("<script")[2]


def test_what_is_printed_besides_is_asked_for(run, page_file):
    """With a format the page goes to standard output too."""
    done = run("mine", page_file, "--no-store", "--html", "view.html", "--format", "json")

    assert done.stdout.startswith('{"id":')


def test_two_pages_do_not_share_a_file(run, environment, page_file):
    """Several pages are refused before any is read."""
    other = write_page(environment / "other.json", title="Another")

    done = run("mine", page_file, other, "--html", "view.html")

    assert done.exit_code == 2
    assert not (environment / "view.html").exists()
