"""The view of one page, its exports and its picture."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Query
from starlette.requests import Request  # noqa: TC002  (read by FastAPI at run time)
from starlette.responses import RedirectResponse, Response

from app.domain.stance import Label
from app.errors import NotFound
from app.exchange.contract import mined_as_json
from app.exchange.forms import JSON_FORMS, TRAITS, Form
from app.service.exports import export_page
from app.web.answers import json_answer
from app.web.gate import SITE_TAG
from app.web.parts import Parts, parts_of
from app.web.site.figures import SHEET
from app.web.site.file import MODULES, page_as_html
from app.web.site.route import SiteRoute
from app.web.site.site import Site, site_of
from app.web.site.view import view_page
from app.web.site.wanted import Wanted

_Parts = Annotated[Parts, Depends(parts_of)]
_Site = Annotated[Site, Depends(site_of)]

EXPORTS = (
    ("html", "This view, one file"),
    ("page", "Mined page, JSON"),
    ("json", "Graph, JSON"),
    ("aif", "AIF"),
    ("xaif", "xAIF"),
    ("graphml", "GraphML"),
    ("dot", "DOT, for Graphviz"),
    ("argdown", "Argdown"),
    ("csv", "CSV"),
    ("convokit", "ConvoKit corpus"),
)
"""Names of files to have of a page, and what to call them; the graph's are those of `Form`."""


def page_routes() -> APIRouter:
    """Return the routes under /pages."""
    router = APIRouter(tags=[SITE_TAG], include_in_schema=False, route_class=SiteRoute)
    router.add_api_route("/pages/{page_id}", show_page, methods=["GET"])
    router.add_api_route("/pages/{page_id}/picture.svg", show_picture, methods=["GET"])
    router.add_api_route("/pages/{page_id}/export/{name}", export, methods=["GET"])
    router.add_api_route("/pages/{page_id}/at/{comment_id:path}", find_comment, methods=["GET"])
    return router


def _wanted(  # noqa: PLR0913 - the filters of a page
    *,
    actor: Annotated[str | None, Query(max_length=500)] = None,
    label: Annotated[str | None, Query(max_length=20)] = None,
    author: Annotated[str | None, Query(max_length=1000)] = None,
    certain: Annotated[str | None, Query(max_length=5)] = None,
    near: Annotated[str | None, Query(max_length=1000)] = None,
    order: Annotated[str | None, Query(max_length=10)] = None,
) -> Wanted:
    """Return the filters of a form, in which what is empty or unknown does not narrow."""
    return Wanted(
        actor=actor or None,
        label=Label(label) if label in {"support", "deny", "query"} else None,
        author=author or None,
        certain={"true": True, "false": False}.get(certain or ""),
        near=near or None,
        in_page_order=order == "page",
    )


def show_page(
    page_id: str,
    request: Request,
    parts: _Parts,
    site: _Site,
    wanted: Annotated[Wanted, Depends(_wanted)],
) -> Response:
    """Show a page: who is held responsible, the thread, the picture of the argument."""
    mined = parts.service.page(page_id)
    view = view_page(page_id, mined, parts.service.explain(mined), wanted=wanted)
    return site.answer(request, "page.html", view=view, exports=EXPORTS, modules=MODULES[:-1])


def show_picture(
    page_id: str, parts: _Parts, site: _Site, wanted: Annotated[Wanted, Depends(_wanted)]
) -> Response:
    """Return the picture of a page's argument as a file, every comment with its first words."""
    mined = parts.service.page(page_id)
    view = view_page(page_id, mined, parts.service.explain(mined), wanted=wanted, measures=SHEET)
    text = site.environment.get_template("sheet.svg").render(view=view)
    return Response(text.encode("utf-8", "replace"), media_type="image/svg+xml")


def export(page_id: str, name: str, parts: _Parts, site: _Site) -> Response:
    """Return a page, its graph or its view as a file."""
    if name == "html":
        mined = parts.service.page(page_id)
        content = page_as_html(mined, parts.service.explain(mined), site=site)
        return _file(Response(content, media_type="text/html; charset=utf-8"), page_id, "html")
    if name == "page":
        answer = json_answer(mined_as_json(page_id, parts.service.page(page_id)))
        return _file(answer, page_id, "json")
    if name not in list(Form):
        raise NotFound(f"expected the name of an export, got {name[:60]!r}")
    form = Form(name)
    written = export_page(parts.service, page_id, form).content
    answer = (
        json_answer(written)
        if form in JSON_FORMS
        else Response(written, media_type=TRAITS[form].media_type)
    )
    return _file(answer, page_id, TRAITS[form].suffix)


def find_comment(page_id: str, comment_id: str, parts: _Parts) -> Response:
    """Lead to where a comment stands on its page."""
    for number, each in enumerate(parts.service.page(page_id).comments, start=1):
        if each.comment.id == comment_id:
            return RedirectResponse(f"/pages/{quote(page_id)}#c-{number}", status_code=303)
    raise NotFound(f"expected a comment of this page, got id {comment_id[:60]!r}")


def _file(answer: Response, page_id: str, suffix: str) -> Response:
    name = f"{quote(page_id, safe='')}.{suffix}"
    answer.headers["content-disposition"] = f'attachment; filename="{name}"'
    return answer
