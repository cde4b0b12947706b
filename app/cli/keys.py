"""`fingerpost keys`: makes, lists, rotates and revokes the keys of those who call the service."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.screen import write_json
from app.domain.key import Scope  # noqa: TC001  (read by typer at run time)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.service import Service

_KeyId = Annotated[str, typer.Argument(help="The key's id, as `keys list` shows it.")]


def key_commands() -> typer.Typer:
    """Return the subcommands of `fingerpost keys`."""
    commands = typer.Typer(
        help="Make, list, rotate and revoke API keys.", no_args_is_help=True, rich_markup_mode=None
    )
    commands.command("make")(make_key)
    commands.command("list")(list_keys)
    commands.command("rotate")(rotate_key)
    commands.command("revoke")(revoke_key)
    return commands


def make_key(
    name: Annotated[str, typer.Argument(help="Whose key it is, in your words.")],
    *,
    scope: Annotated[list[Scope], typer.Option(help="What it allows; may be given again.")],
    per_minute: Annotated[
        int | None, typer.Option(min=1, help="Requests a minute; FINGERPOST_KEY_PER_MINUTE if not.")
    ] = None,
    max_body_bytes: Annotated[
        int | None, typer.Option(min=1, help="Its largest body; FINGERPOST_MAX_BODY_BYTES if not.")
    ] = None,
) -> None:
    """Make a key and write its secret, which is shown this once."""
    with _service() as service:
        made = service.keys.make(name, scope, per_minute=per_minute, max_body_bytes=max_body_bytes)
    write_json({"id": made.key_id, "key": made.secret})


def list_keys() -> None:
    """Write all keys without their secrets, a JSON object a line, revoked ones too."""
    with _service() as service:
        for key in service.keys.list():
            write_json(
                {
                    "id": key.id,
                    "name": key.name,
                    "scopes": sorted(key.scopes),
                    "per_minute": key.per_minute,
                    "max_body_bytes": key.max_body_bytes,
                    "created_at": key.created_at.isoformat(),
                    "revoked_at": None if key.revoked_at is None else key.revoked_at.isoformat(),
                }
            )


def rotate_key(
    key_id: _KeyId,
    *,
    keep_hours: Annotated[
        float, typer.Option(min=0, max=8760, help="How long the old secret stays good.")
    ] = 24,
) -> None:
    """Give a key another secret and write it; the old one stays good for a while."""
    with _service() as service:
        made = service.keys.rotate(key_id, keep=timedelta(hours=keep_hours))
    write_json({"id": made.key_id, "key": made.secret})


def revoke_key(key_id: _KeyId) -> None:
    """Make a key good for nothing, at once and for ever."""
    with _service() as service:
        service.keys.revoke(key_id)


@contextmanager
def _service() -> Iterator[Service]:
    from app.bootstrap import build_service  # noqa: PLC0415 - on need
    from app.config import load_settings  # noqa: PLC0415 - on need

    service = build_service(load_settings(), migrate=True)
    try:
        yield service
    finally:
        service.close()
