"""`fingerpost serve`: the HTTP service, until it is told to stop."""

from __future__ import annotations

import gc
import signal
import socket
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Thread
from typing import TYPE_CHECKING, Annotated

import typer

from app.errors import ConfigInvalid

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from app.config import Settings
    from app.mining.scorer import Scorer
    from app.service import Service

_BACKLOG = 2048

_NEW_OBJECTS = 20_000
"""By how many objects there may be more before garbage is looked for among them. A request makes
some hundreds: to look after every 700, as Python does, took a busy service a twentieth."""


def serve(
    ctx: typer.Context,
    *,
    host: Annotated[
        str | None, typer.Option(help="Where to listen; FINGERPOST_HOST if not given.")
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(min=0, max=65535, help="The port; FINGERPOST_PORT if not given, 0: any."),
    ] = None,
) -> None:
    """Serve over HTTP until stopped (Ctrl-C, or SIGTERM), and run waiting jobs beside."""
    # Loading makes nothing that is garbage, and is a tenth faster where nobody looks for any.
    gc.disable()
    try:
        _serve(ctx.obj, {"host": host, "port": port})
    finally:
        gc.enable()


def _serve(load_scorer: Callable[[], Scorer] | None, given: Mapping[str, str | int | None]) -> None:
    import structlog  # noqa: PLC0415 - on need
    import uvicorn  # noqa: PLC0415 - on need

    from app.bootstrap import build_service  # noqa: PLC0415 - on need
    from app.config import load_settings  # noqa: PLC0415 - on need
    from app.logs import set_up_logs  # noqa: PLC0415 - on need

    settings = load_settings().model_copy(
        update={name: value for name, value in given.items() if value is not None}
    )
    with _listen(settings) as listener:
        set_up_logs(level=settings.log_level, form=settings.log_format)
        service = build_service(settings, migrate=True, load_scorer=load_scorer)
        try:
            with ThreadPoolExecutor(1) as beside:
                loading = beside.submit(service.load_model)
                from app.web.app import create_app  # noqa: PLC0415 - on need
                from app.web.gate import check_keys_made  # noqa: PLC0415 - on need
                from app.web.protocol import BoundedHttp  # noqa: PLC0415 - on need

                check_keys_made(service, settings)
                application = create_app(service, settings)
                loading.result()
            server = uvicorn.Server(
                uvicorn.Config(
                    application,
                    log_config=None,
                    http=BoundedHttp,
                    access_log=False,  # the application writes its own, without query strings
                    server_header=False,
                    timeout_graceful_shutdown=settings.grace_s,
                )
            )
            # The server stops by itself, then raises the signal again for whoever was there
            # before: nothing happens, what is left here is done and the exit code is 0. One that
            # comes before the server listens for signals is not lost either.
            for number in (signal.SIGINT, signal.SIGTERM):
                signal.signal(number, lambda *_: setattr(server, "should_exit", True))
            structlog.get_logger("serve").info("listening", url=_url_of(listener))
            Thread(target=_finish_start, args=(service,), daemon=True).start()
            server.run(sockets=[listener])
        finally:
            service.close()


def _finish_start(service: Service) -> None:
    """Load what pages need, while stances are answered already."""
    from app.service.warming import warm_model, warm_readers  # noqa: PLC0415 - on need
    from app.service.work import Stopping  # noqa: PLC0415 - on need

    try:
        with suppress(Stopping):
            warm_model(service)
            warm_readers()
    finally:
        # What is loaded by now stays: looking through it for garbage again and again took a tenth
        # of the time that requests keep Python busy.
        gc.freeze()
        gc.set_threshold(_NEW_OBJECTS)
        gc.enable()


def _listen(settings: Settings) -> socket.socket:
    host, port = settings.host, settings.port
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
    except (OSError, UnicodeError) as error:
        raise _refused(host, port, error) from error
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(_BACKLOG)
    except OSError as error:
        listener.close()
        raise _refused(host, port, error) from error
    return listener


def _url_of(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _refused(host: str, port: int, error: Exception) -> ConfigInvalid:
    reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return ConfigInvalid(f"expected to listen on {host[:100]!r} port {port}, got: {reason}")
