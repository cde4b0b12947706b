"""What axe-core finds that would keep somebody from using the pages, and the keyboard's way."""

from __future__ import annotations

import pytest

from tests.browser.crowds import crowd

axe = pytest.importorskip(
    "axe_playwright_python.sync_playwright",
    reason="needs axe-core: pip install 'fingerpost[browser]'",
)

GRAVE = {"serious", "critical"}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious(open_tab, listening, theme):
    """On every page, by day and by night, with and without something there."""
    page_id = listening.add(crowd(30))
    tab = open_tab("/", color_scheme=theme)
    found = {}
    for path in (
        "/",
        f"/pages/{page_id}",
        f"/pages/{page_id}?label=deny",
        "/claims",
        "/actors?name=Veltra+Transit",
        "/search?q=river",
        "/campaigns",
        "/moderation",
        "/jobs",
        "/sign-in",
    ):
        tab.goto(listening.address + path)
        violations = axe.Axe().run(tab).response["violations"]
        found |= {
            (path, each["id"]): [node["html"][:200] for node in each["nodes"]][:3]
            for each in violations
            if each["impact"] in GRAVE
        }

    assert found == {}


def test_a_page_can_be_walked_by_keyboard(open_tab, listening):
    """The first stop leads past the frame, and a comment that has the focus is lit."""
    tab = open_tab(f"/pages/{listening.add(crowd(30))}")

    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "skip"
    tab.keyboard.press("Enter")
    tab.locator("#c-3 .no").focus()

    assert "3" in tab.locator(".post.lit").evaluate_all("all => all.map(e => e.dataset.i)")
    assert tab.locator(".picture .dot.lit").count() >= 1
