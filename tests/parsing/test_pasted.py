"""Promises about pages as they come from the clipboard, each laid out in its own way."""

from __future__ import annotations

import pytest

from app.parsing import parse_page

ARTICLE = """Crane falls into basin

A crane fell into the old basin on Monday night.

Nobody was hurt in the accident, police say.

"""

PASTED: dict[str, str] = {
    "points and hours": """3 comments

[–]quay7 12 points 3 hours ago
It was the wind.
permalink save report reply

[–]marta_k 4 points 2 hours ago
No wind that night.
permalink save parent report reply

[–]anand -1 points 1 hour ago
Prove it.
permalink save report reply
""",
    "indented, hours ago": """quay7 3 hours ago [-]

It was the wind.

    marta_k 2 hours ago [-]

    No wind that night.

anand 1 hour ago [-]

Prove it.
""",
    "name, years, buttons": """3 Comments
Sort by
@quay7
2 years ago
It was the wind.
12
Reply
@marta_k
2 years ago (edited)
No wind that night.
3
Reply
@anand
1 year ago
Prove it.
Reply
""",
    "buttons between": """Comments
Quay Seven
It was the wind.
Like · Reply · 3h
Marta K
No wind that night.
Like · Reply · 2h
Anand R
Prove it.
Like · Reply · 1h
""",
    "bullets and years": """3 Comments

quay7 • 3 years ago
It was the wind.
2 • Reply • Share ›

marta_k → quay7 • 3 years ago
No wind that night.
• Reply • Share ›

anand • 3 years ago
Prove it.
• Reply • Share ›
""",
    "bulleted dates below": """quay7
 • 3 years ago

It was the wind.

marta_k
 • 3 years ago

No wind that night.

anand
 • 3 years ago

Prove it.
""",
    "name and date in one line": """Comments (3)

quay7 12 Mar 2014 10:32
It was the wind.
Report

marta_k quay7 12 Mar 2014 11:00
No wind that night.
Report

anand 12 Mar 2014 11:30
Prove it.
Report
""",
    "names below letters": """Letters

It was the wind.
Quay Seven, Hull

No wind that night.
Marta K., Leeds

Prove it.
Anand R., York
""",
    "posted by, with a form at the foot": """Comments

It was the wind.

Posted by: quay7 | March 12, 2014 10:32 AM

No wind that night.

Posted by: Marta K. | March 12, 2014 11:32 AM

Prove it.

Posted by: anand | March 12, 2014 12:32 PM

Post a comment

Name:
Email Address:
URL:
""",
    "numbers, indented": """Comments:

1. quay7 - March 12, 2014
It was the wind.

   1.1. marta_k - March 12, 2014
   No wind that night.

2. anand - March 13, 2014
Prove it.
""",
    "columns": """Comments

quay7 | 2014-03-12 | It was the wind.
marta_k | 2014-03-12 | No wind that night.
anand | 2014-03-13 | Prove it.
""",
    "tree drawn": """Comments

quay7: It was the wind.
├─ marta_k: No wind that night.
│  └─ anand: Prove it.
bob: All wrong.
""",
    "numbers answered": """Comments

#1 quay7 (12 March 2014, 10:32)
It was the wind.

#2 marta_k (12 March 2014, 10:40)
In reply to #1
No wind that night.

#3 anand (12 March 2014, 10:45)
Re: marta_k
Prove it.
""",
    "mail headers": """-----
From: quay7
Date: Wed, 12 Mar 2014 10:32:00 +0000
Subject: crane

It was the wind.

-----
From: marta_k
Date: Wed, 12 Mar 2014 11:32:00 +0000
Subject: Re: crane

> It was the wind.
No wind that night.

-----
From: anand
Date: Wed, 12 Mar 2014 12:32:00 +0000

Prove it.
""",
    "nested Markdown list": """## Comments (3)

* **quay7** — 12 March 2014
  It was the wind.
  * **marta_k** — 12 March 2014
    No wind that night.
* **anand** — 13 March 2014
  Prove it.
""",
    "quoted bodies": """## Comments

**quay7** wrote on 2014-03-12:

> It was the wind.

**marta_k** wrote on 2014-03-12:

> No wind that night.

**anand** wrote on 2014-03-13:

> Prove it.
""",
    "times first": """Comments

10:32 quay7: It was the wind.
10:40 marta_k: No wind that night.
11:01 anand: Prove it.
""",
    "dashes under a heading": """Reader comments

quay7 - It was the wind.

marta_k - No wind that night.

anand - Prove it.
""",
    "capitals": """QUAY7: It was the wind.

MARTA: No wind that night.

ANAND: Prove it.
""",
    "counted fields": """Comment 1
Author: quay7
Date: 12 March 2014
It was the wind.

Comment 2
Author: marta_k
Date: 12 March 2014
No wind that night.

Comment 3
Author: anand
Date: 13 March 2014
Prove it.
""",
    "heading levels": """### Comments

#### quay7 (12 March 2014)

It was the wind.

##### marta_k (12 March 2014)

No wind that night.

#### anand (13 March 2014)

Prove it.
""",
    "arrows in front": """Comments

quay7: It was the wind.
-> marta_k: No wind that night.
--> anand: Prove it.
bob: All wrong.
""",
    "permalinks": """3 responses to “Crane falls”

quay7
March 12, 2014 at 10:32 am | Permalink

It was the wind.

Reply

marta_k
March 12, 2014 at 11:32 am | Permalink

No wind that night.

Reply

anand
March 13, 2014 at 10:32 am | Permalink

Prove it.

Reply

Leave a Reply

Your email address will not be published.
""",
    "what readers said": """What readers said

quay7 wrote:
"It was the wind."

marta_k wrote:
"No wind that night."

anand wrote:
"Prove it."
""",
}

PARENTS = {
    "indented, hours ago": [None, "c1", None],
    "bullets and years": [None, "c1", None],
    "numbers, indented": [None, "c1", None],
    "tree drawn": [None, "c1", "c2"],
    "numbers answered": [None, "c1", "c2"],
    "nested Markdown list": [None, "c1", None],
    "heading levels": [None, "c1", None],
    "arrows in front": [None, "c1", "c2"],
}


@pytest.mark.parametrize("layout", PASTED)
def test_pasted_layouts_are_read(layout: str):
    """Three short comments come out of every layout, with nothing of it left in them."""
    page = parse_page((ARTICLE + PASTED[layout]).encode(), content_type="text/plain")
    texts = [
        comment.text.removeprefix("> It was the wind.\n").strip('"> ') for comment in page.comments
    ]
    assert texts[:3] == ["It was the wind.", "No wind that night.", "Prove it."]
    assert all(comment.author for comment in page.comments)
    assert page.article.text.endswith("police say.")


@pytest.mark.parametrize("layout", PARENTS)
def test_pasted_layouts_show_who_answers(layout: str):
    """Where a layout shows who answers whom, it is read from it."""
    page = parse_page((ARTICLE + PASTED[layout]).encode(), content_type="text/plain")
    assert [comment.reply_to for comment in page.comments][:3] == PARENTS[layout]
