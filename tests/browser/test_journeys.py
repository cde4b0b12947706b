"""What people do here, done in a real browser: each journey from its first click to its end."""

from __future__ import annotations

import json
import re
import threading
import time
import zipfile

import pytest

from app.domain.decision import DecisionFilter
from tests.browser.crowds import crowd
from tests.web.samples import page

DRAWN = """() => [...document.querySelectorAll(".picture path:is(.line, .arc):not(.gone)")].map(
  path => [path.getAttribute("class"), path.dataset.i,
           path.getAttribute("d").replace(/[\\d.]+/g, each => Math.round(each))]).sort()"""
"""The lines of the picture to the pixel, as script or service drew them."""

BETWEEN_DOWNLOADS_MS = 110
"""So that ten take more than a second: Chromium drops, and says nothing, what one view downloads
beyond ten in a second (`kBurstDownloadLimit` in Blink's local_frame.cc), which no hand reaches."""

GOES_ON_WITHIN_S = 60
"""Long, since machines may be busy."""

COPIED = "Everybody who was there that night knows that Veltra Transit is behind this fire."


def test_two_clicks_lead_to_who_blames_whom(open_tab, keep_picture):
    """From the first page, an example is one click away, and its first name another."""
    tab = open_tab("/")
    keep_picture(tab, "home-empty")

    tab.get_by_role("button", name="412 rifles gone").click()
    tab.wait_for_url("**/pages/*")

    assert tab.get_by_role("heading", name="Who is held responsible").is_visible()
    assert tab.locator(".standings li").count() > 0
    keep_picture(tab, "example")


def test_a_pasted_page_is_read(open_tab):
    """Text that is pasted becomes a page, which is then among those read lately."""
    tab = open_tab("/")
    tab.get_by_label("Article and comments").fill(
        "Fire at the depot\n\nIt burned.\n\nComments\n\nInes says:\n"
        "Veltra Transit is behind this.\n"
    )
    tab.get_by_role("button", name="Read it").click()
    tab.wait_for_url("**/pages/*")
    assert tab.locator(".chip").first.inner_text().startswith("+ blames Veltra Transit")

    tab.get_by_role("link", name="Fingerpost").click()
    assert tab.locator(".pages a").count() == 1


def test_a_dropped_archive_is_watched_until_it_is_read(open_tab, listening, tmp_path, keep_picture):
    """A file that is dropped anywhere is taken; its job tells how far it is, and ends."""
    archive = tmp_path / "pages.jsonl"
    archive.write_text("".join(json.dumps(crowd(20, seed=at)) + "\n" for at in range(3)))
    tab = open_tab("/")
    tab.evaluate(
        """text => {
          const files = new DataTransfer();
          files.items.add(new File([text], "pages.jsonl"));
          document.body.dispatchEvent(
            new DragEvent("drop", { dataTransfer: files, bubbles: true, cancelable: true }));
        }""",
        archive.read_text(),
    )
    tab.wait_for_url("**/jobs/*")
    keep_picture(tab, "job")
    tab.get_by_role("heading", name="Read", exact=True).wait_for()
    assert tab.locator(".facts dd").first.inner_text() == "3"
    assert len(listening.service.jobs.latest(limit=5)) == 1


def test_pointing_shows_what_is_tied(open_tab, listening, keep_picture):
    """Pointing at an actor lights its comments and lines; at a comment its own and its replies."""
    tab = open_tab(f"/pages/{listening.add(crowd(60))}")
    keep_picture(tab, "page")
    first = tab.locator(".standings li").first
    place = first.get_attribute("data-h")
    claims = tab.locator(f'.line[data-h="{place}"]').count()

    first.locator(".strength").hover()

    assert tab.locator(".line.lit").count() == claims > 0
    tied = set(
        tab.locator(f'.line[data-h="{place}"]').evaluate_all("all => all.map(e => e.dataset.i)")
    )
    assert tab.locator(".post.lit").count() == len(tied)
    keep_picture(tab, "page-pointing")

    tab.locator("#c-1 .no").hover()
    assert {"1"} <= set(tab.locator(".post.lit").evaluate_all("all => all.map(e => e.dataset.i)"))
    assert set(tab.locator(".line.lit").evaluate_all("all => all.map(e => e.dataset.i)")) <= {"1"}


def test_filters_fold_and_isolate(open_tab, listening, keep_picture):
    """Filters narrow thread and picture at once, as the service would; folds put replies away."""
    page_id = listening.add(crowd(60))
    tab = open_tab(f"/pages/{page_id}")
    shown = tab.locator(".post:not([hidden])")

    tab.locator('select[name="actor"]').select_option(index=1)
    tab.get_by_label("Says").select_option("deny")
    at_once = shown.evaluate_all("all => all.map(e => e.dataset.i)")
    assert 0 < len(at_once) < 60
    assert tab.locator(".dot:not(.gone)").count() == len(at_once)
    drawn = tab.evaluate(DRAWN)
    tab.reload()
    assert shown.evaluate_all("all => all.map(e => e.dataset.i)") == at_once
    assert tab.evaluate(DRAWN) == drawn
    assert f"{len(at_once)} of 60" in tab.locator("#tally").inner_text()
    keep_picture(tab, "page-filtered")

    tab.get_by_role("link", name="Show all").click()
    assert shown.count() == 60
    tab.get_by_role("button", name="Fold replies").click()
    assert shown.count() == tab.locator(".post:not([data-p])").count()
    tab.get_by_role("button", name="Unfold").click()
    assert shown.count() == 60

    tab.get_by_label("Order").select_option("page")
    tab.wait_for_url("**order=page*")
    assert shown.evaluate_all("all => all.map(e => Number(e.dataset.i))") == list(range(1, 61))
    assert tab.locator(".fold").count() == 0

    tab.locator("#c-5").get_by_role("link", name="Its ties only").click()
    near = shown.evaluate_all("all => all.map(e => e.dataset.i)")
    assert "5" in near
    tab.get_by_label("Order").select_option("")
    tab.wait_for_url(lambda url: "order=page" not in url)
    assert sorted(shown.evaluate_all("all => all.map(e => e.dataset.i)")) == sorted(near)


def test_five_hundred_comments_can_be_worked_with(open_tab, listening, keep_picture):
    """All are there, the picture shows all claims, and one actor's are soon found among them."""
    page_id = listening.add(crowd(500))
    tab = open_tab(f"/pages/{page_id}")
    keep_picture(tab, "page-500")
    rows = [row for each in listening.service.page(page_id).comments for row in each.attributions]
    assert tab.locator(".post").count() == 500
    assert tab.locator(".line").count() == len(rows)

    tab.locator('select[name="actor"]').select_option(label="Grey Market")
    tab.get_by_label("Says").select_option("support")

    wanted = [row for row in rows if row.actor == "grey-market" and row.label == "support"]
    assert tab.locator(".post:not([hidden])").count() == len(wanted) < 40
    assert tab.locator(".picture:not(.dense) .dot:not(.gone)").count() == len(wanted)
    keep_picture(tab, "page-500-filtered")


def test_a_dot_leads_to_its_comment_even_if_that_is_hidden(open_tab, listening):
    """Clicking in the picture shows the comment."""
    tab = open_tab(f"/pages/{listening.add(crowd(60))}")

    tab.locator('.dot[data-i="40"] circle').click()

    tab.wait_for_function(
        """() => { const box = document.getElementById("c-40").getBoundingClientRect();
                   return box.top >= 0 && box.bottom <= innerHeight; }"""
    )


def test_every_export_can_be_downloaded(open_tab, listening):
    """Each form, the picture as SVG and PNG among them, comes as a file."""
    tab = open_tab(f"/pages/{listening.add(page())}")
    tab.get_by_text("Export", exact=True).click()
    kept = {}
    for item in tab.locator(".exports li > *").all():
        with tab.expect_download() as coming:
            item.click()
        kept[item.inner_text()] = coming.value
        tab.wait_for_timeout(BETWEEN_DOWNLOADS_MS)

    assert len(kept) == 12
    assert kept["Picture, PNG"].path().read_bytes().startswith(b"\x89PNG")
    assert b"<svg" in kept["Picture, SVG"].path().read_bytes()
    assert zipfile.is_zipfile(kept["ConvoKit corpus"].path())
    json.loads(kept["xAIF"].path().read_bytes())


def test_the_file_to_mail_works_from_disk(open_tab, listening, tmp_path, chromium, keep_picture):
    """The view as one file filters, folds and draws with nothing but itself."""
    tab = open_tab(f"/pages/{listening.add(crowd(30))}")
    tab.get_by_text("Export", exact=True).click()
    with tab.expect_download() as coming:
        tab.get_by_role("link", name="This view, one file").click()
    file = tmp_path / "view.html"
    coming.value.save_as(file)

    context = chromium.new_context(viewport={"width": 1400, "height": 900})
    asked, said = [], []
    alone = context.new_page()
    alone.on("request", lambda request: asked.append(request.url))
    alone.on("console", lambda message: said.append(message.text))
    alone.goto(file.as_uri())
    alone.get_by_label("Says").select_option("deny")

    assert 0 < alone.locator(".post:not([hidden])").count() < 30
    assert alone.locator(".dot.gone").count() > 0
    assert (asked, said) == ([file.as_uri()], [])
    keep_picture(alone, "file")
    context.close()


def test_across_pages(open_tab, listening, keep_picture):
    """From a page to its actor, to all accusations, to what is copied, to what is searched."""
    for at in range(3):
        listening.add(crowd(40, seed=at))
    texts = [{"author": f"Reader {at}", "text": COPIED} for at in range(4)]
    page_id = listening.add(page(comments=texts))
    tab = open_tab(f"/pages/{page_id}")

    tab.locator(".standings a").first.click()
    assert "Veltra Transit" in tab.get_by_role("heading", level=1).inner_text()
    assert tab.locator(".days rect").count() > 1
    keep_picture(tab, "actor")
    tab.get_by_role("link", name="against").click()
    assert all(
        text.startswith("− clears") for text in tab.locator(".found .chip").all_inner_texts()
    )

    tab.get_by_role("link", name="Accusations").click()
    tab.get_by_label("Who").fill("Harbour Union")
    tab.get_by_role("button", name="Search").last.click()
    assert tab.locator(".found .chip").count() > 0
    assert all("Harbour Union" in text for text in tab.locator(".found .chip").all_inner_texts())
    keep_picture(tab, "claims")
    tab.locator(".found .from a").first.click()
    assert re.search(r"/pages/\w+#c-\d+$", tab.url)

    tab.get_by_role("link", name="Campaigns").click()
    keep_picture(tab, "campaigns")
    tab.locator(".found li", has_text=COPIED).get_by_role("link").click()
    assert tab.get_by_text(COPIED).count() == 4
    keep_picture(tab, "campaign")

    tab.get_by_role("searchbox").fill("river")
    tab.get_by_role("searchbox").press("Enter")
    assert tab.locator(".found li").count() > 0
    keep_picture(tab, "search")


@pytest.fixture
def held(listening, monkeypatch):
    """Return an event that the first decision waits for, in the service."""
    let_go, ledger = threading.Event(), listening.service.ledger
    decide, asked = ledger.decide, []

    def wait(*content, **named):
        asked.append(content)
        if len(asked) == 1:
            assert let_go.wait(GOES_ON_WITHIN_S)
        return decide(*content, **named)

    monkeypatch.setattr(ledger, "decide", wait)
    yield let_go
    let_go.set()


def decisions_about(listening, page_id, *, count):
    """Return a page's decisions in their order, when so many of them are there."""
    until = time.monotonic() + GOES_ON_WITHIN_S
    while time.monotonic() < until:
        taken = list(listening.service.ledger.walk(DecisionFilter(page_id=page_id)))
        if len(taken) == count:
            return taken[::-1]
        time.sleep(0.05)
    pytest.fail(f"expected {count} decisions, got {taken}")


def test_moderating_by_keyboard_alone(open_tab, listening, keep_picture):
    """Next, approve, reject with a reason, undo: no pointer, and all of it in the ledger."""
    page_id = listening.add(crowd(30))
    tab = open_tab("/moderation?sort=surest")
    tab.get_by_label("You decide as").fill("Mo")
    tab.get_by_label("You decide as").press("Escape")
    waiting = int(tab.locator("#tally").inner_text().split(",")[0])

    tab.keyboard.press("j")
    tab.keyboard.press("a")
    tab.get_by_text("Approved").first.wait_for()
    tab.keyboard.press("1")
    tab.get_by_text("Rejected: accuses without grounds").wait_for()
    tab.keyboard.press("r")
    tab.keyboard.type("a reason of my own")
    tab.keyboard.press("Enter")
    tab.locator(".case.done").nth(2).get_by_role("button", name="Undo").wait_for()
    keep_picture(tab, "moderation")
    assert int(tab.locator("#tally").inner_text().split(",")[0]) == waiting - 3
    tab.keyboard.press("u")
    tab.locator(".case.done").nth(2).wait_for(state="detached")

    taken = decisions_about(listening, page_id, count=4)
    assert [(each.action.value, each.reason) for each in taken] == [
        ("approve", "nothing against it"),
        ("reject", "accuses without grounds"),
        ("reject", "a reason of my own"),
        ("undo", "taken back"),
    ]
    tab.reload()
    assert int(tab.locator("#tally").inner_text().split(",")[0]) == waiting - 2


def test_a_decision_that_did_not_work_says_so_and_waits_again(chromium, listening):
    """A comment that is gone is not shown as decided, though it was for a moment."""
    page_id = listening.add(crowd(30))
    # Not `open_tab`, for which an answer of 404 is trouble.
    context = chromium.new_context()
    tab = context.new_page()
    tab.goto(f"{listening.address}/moderation")
    tab.get_by_label("You decide as").fill("Mo")
    tab.get_by_label("You decide as").press("Escape")
    waiting = tab.locator("#tally").inner_text()
    listening.service.delete_page(page_id)

    tab.keyboard.press("j")
    tab.keyboard.press("a")
    tab.get_by_text("That did not work").wait_for()

    assert tab.locator(".case.done").count() == 0
    assert tab.locator("#tally").inner_text() == waiting
    context.close()


def test_undo_goes_on_from_what_is_still_decided(open_tab, listening):
    """What was taken back by its button is not taken back by the key again: the one before is."""
    page_id = listening.add(crowd(30))
    tab = open_tab("/moderation")
    tab.get_by_label("You decide as").fill("Mo")
    tab.get_by_label("You decide as").press("Escape")
    tab.keyboard.press("j")
    undo = tab.locator(".case.done").get_by_role("button", name="Undo")
    for at in range(2):
        tab.keyboard.press("a")
        undo.nth(at).wait_for()

    undo.nth(1).click()
    undo.nth(1).wait_for(state="detached")
    tab.locator("#main").focus()
    tab.keyboard.press("u")
    undo.wait_for(state="detached")

    taken = decisions_about(listening, page_id, count=4)
    assert [each.action.value for each in taken] == ["approve", "approve", "undo", "undo"]


def test_decisions_are_sent_in_the_order_in_which_they_were_made(open_tab, listening, held):
    """Whoever decides faster than the service answers has decided in that order all the same."""
    page_id = listening.add(crowd(30))
    tab = open_tab("/moderation")
    tab.get_by_label("You decide as").fill("Mo")
    tab.get_by_label("You decide as").press("Escape")
    first, second, third = (
        tab.locator('.case [name="comment"]').nth(at).input_value() for at in range(3)
    )
    for key in ("j", "a", "1", "u", "2", "3"):
        tab.keyboard.press(key)
    held.set()

    taken = decisions_about(listening, page_id, count=5)
    assert [(each.action.value, each.comment_id, each.reason) for each in taken] == [
        ("approve", first, "nothing against it"),
        ("reject", second, "accuses without grounds"),
        ("undo", second, "taken back"),
        ("reject", second, "names a private person"),
        ("reject", third, "calls for violence"),
    ]


def test_who_leaves_at_once_has_decided_all_the_same(open_tab, listening, held):
    """What waits for its turn to be sent is sent when the page is left."""
    page_id = listening.add(crowd(30))
    tab = open_tab("/moderation")
    tab.get_by_label("You decide as").fill("Mo")
    tab.get_by_label("You decide as").press("Escape")
    for key in ("j", "a", "a", "a"):
        tab.keyboard.press(key)
    tab.goto(f"{listening.address}/claims")
    held.set()

    taken = decisions_about(listening, page_id, count=3)
    assert [each.action.value for each in taken] == ["approve"] * 3


def test_who_leaves_before_an_undo_is_sent_is_asked(chromium, listening, held):
    """A decision that has no answer yet cannot be taken back once the page is gone."""
    page_id = listening.add(crowd(30))
    # Not `open_tab`, for which a dialog is trouble.
    context = chromium.new_context()
    tab = context.new_page()
    asked = []
    tab.on("dialog", lambda dialog: (asked.append(dialog.type), held.set(), dialog.dismiss()))
    tab.goto(f"{listening.address}/moderation")
    tab.get_by_label("You decide as").fill("Mo")
    tab.get_by_label("You decide as").press("Escape")
    for key in ("j", "a", "u"):
        tab.keyboard.press(key)
    tab.evaluate("location.assign('/claims')")

    taken = decisions_about(listening, page_id, count=2)
    assert [each.action.value for each in taken] == ["approve", "undo"]
    assert asked == ["beforeunload"]
    context.close()


def test_all_can_be_read_without_scripts(open_tab, listening):
    """Without scripts a page shows the same, filters by its form, and decides by its forms."""
    page_id = listening.add(crowd(30))
    tab = open_tab(f"/pages/{page_id}", java_script_enabled=False)
    assert tab.locator(".post").count() == 30
    assert tab.locator(".line").count() > 0
    tab.get_by_label("Says").select_option("deny")
    tab.get_by_role("button", name="Show").click()
    assert tab.locator(".post:not([hidden])").count() < 30

    tab.goto(f"{listening.address}/moderation?page={page_id}")
    case = tab.locator(".case").first
    case.get_by_label("As", exact=True).fill("Mo")
    case.get_by_label("Reason").fill("no grounds")
    case.get_by_role("button", name="Reject").click()
    assert "no grounds" in tab.locator(".ledger").inner_text()
    tab.locator(".ledger").get_by_label("As", exact=True).fill("Mo")
    tab.locator(".ledger").get_by_role("button", name="Undo").click()
    assert "Undone" in tab.locator(".ledger").inner_text()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1400])
def test_nothing_is_wider_than_the_window(open_tab, listening, keep_picture, theme, width):
    """On a telephone and on a desk, by day and by night, nothing is cut off at the side."""
    page_id = listening.add(crowd(40))
    tab = open_tab("/", viewport={"width": width, "height": 844}, color_scheme=theme)
    for path, name in {
        "/": "home",
        f"/pages/{page_id}": "page",
        "/claims": "claims",
        "/actors?name=Veltra+Transit": "actor",
        "/moderation": "moderation",
    }.items():
        tab.goto(listening.address + path)
        wide = tab.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, (path, wide)
        keep_picture(tab, f"{name}-{theme}-{width}")
