"""`fingerpost feedback`: the labels that moderators gave, one JSON object a line, for training."""

from __future__ import annotations

from typing import Annotated

import typer

from app.cli.screen import write_json


def feedback(
    *,
    attribute: Annotated[
        str | None, typer.Option(help="Only labels of that attribute, such as ACCUSATION.")
    ] = None,
) -> None:
    """Write the feedback that came in, in the order it came: text, context, attribute, value."""
    from app.bootstrap import build_service  # noqa: PLC0415 - on need
    from app.config import load_settings  # noqa: PLC0415 - on need

    service = build_service(load_settings(), migrate=True)
    try:
        for label in service.feedback.all(attribute=attribute):
            write_json(
                {
                    "text": label.text,
                    "article": label.article,
                    "parent": label.parent,
                    "context": label.context,
                    "attribute": label.attribute,
                    "value": label.value,
                    "language": label.language,
                    "community": label.community,
                    "token": label.token,
                    "given_at": label.given_at.isoformat(),
                }
            )
    finally:
        service.close()
