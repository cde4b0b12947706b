"""Turns settings into a service: the only place that chooses the concrete parts."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import app
from app.errors import ModelUnusable
from app.inference.checksums import check_sums
from app.service import Service
from app.service.turns import MOST_AT_ONCE, Turns
from app.storage.engine import open_engine
from app.storage.schema import check_migrated, upgrade

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.config import Settings
    from app.inference.scorer import ModelScorer
    from app.mining.scorer import Scorer

MODELS = Path(app.__file__).resolve().parent.parent / "models"
"""The models that come along lie beside the package, in a checkout and in a wheel alike."""

COMPILED = "encoder.onnx"
"""A model's folder that has this file is run on it, without torch."""


def build_service(
    settings: Settings,
    *,
    load_scorer: Callable[[], Scorer] | None = None,
    migrate: bool = False,
) -> Service:
    """Return a service on the database and the model of the settings.

    The model is loaded when it is first needed (`Service.load_model` does so at once), or by
    `load_scorer` where that is given. With `migrate` an SQLite file is brought to this version's
    schema first; a server's database is only checked for it, since others may be using it.

    Raises:
        StorageUnusable: the database's URL or place is not one that can be used, or with
            `migrate` it is not there or not migrated.
    """
    engine = open_engine(settings.database_url)
    if migrate:
        if engine.dialect.name == "sqlite":
            upgrade(engine)
        else:
            check_migrated(engine)
    if load_scorer is not None:
        return Service(settings=settings, engine=engine, load_scorer=load_scorer)
    turns = Turns(at_once=batches_at_once(settings))
    return Service(
        settings=settings,
        engine=engine,
        load_scorer=partial(_load_trained, settings, turns),
        turns=turns,
    )


def batches_at_once(settings: Settings) -> int:
    """Return how many batches the model reads at a time."""
    return min(settings.threads or count_cores(), MOST_AT_ONCE)


def count_cores() -> int:
    """Return how many cores this process may use, which can be fewer than there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def find_model(name: str) -> Path:
    """Return the folder of a model: one of that name under models/, or the path that it is.

    Raises:
        ModelUnusable: there is no such folder.
    """
    path = Path(name).expanduser()
    places = (MODELS / name, path) if path.name == name else (path,)
    for place in places:
        if place.is_dir():
            return place
    raise ModelUnusable(
        f"expected FINGERPOST_MODEL to be a folder under {MODELS} or a path to one, got {name!r}"
    )


def _load_trained(settings: Settings, turns: Turns) -> Scorer:
    from app.inference.arguing import with_arguments  # noqa: PLC0415 - as numpy does, on need

    folder = find_model(settings.model)
    check_sums(folder)
    scorer = with_arguments(_load(folder, settings, turns), folder)
    if settings.model_revision not in {None, scorer.identity.revision}:
        raise ModelUnusable(
            f"expected revision {settings.model_revision} of the model in {folder}, "
            f"got {scorer.identity.revision}"
        )
    return scorer


def _load(folder: Path, settings: Settings, turns: Turns) -> ModelScorer:
    """Return the scorer of a folder, compiled where it can be: that needs no torch, and no GPU."""
    # A few short texts are cut into tokens sooner than the library's threads are woken for them.
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    threads = settings.threads
    if settings.device == "cpu" and (folder / COMPILED).exists():
        from app.inference.compiled_scorer import load_compiled  # noqa: PLC0415 - as torch below

        most = threads or count_cores()
        beside = max(1, most // turns.at_once)
        return load_compiled(
            folder,
            threads=threads,
            turn=turns,
            threads_beside=beside if beside < most else None,
        )
    # Threads that spin while they wait make a busy neighbour cost up to ten times; OpenMP reads
    # this when torch is first imported, and whoever has set it knows why.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    from app.inference.torch_scorer import load_scorer  # noqa: PLC0415 - torch takes seconds

    return load_scorer(folder, threads=threads, turn=turns, device=settings.device)
