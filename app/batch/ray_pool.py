"""Has the actors of a Ray cluster score units; each loads the model once, a dead one is replaced.

Units go to the actors and their results come back through Ray, so that no disk has to be shared;
this process writes them where the run looks for them. A unit that takes down two actors is given
up.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import ray
from ray.exceptions import RayActorError, RayTaskError

from app import errors
from app.batch.unit_files import write_unit
from app.batch.worker import Done, UnitScorer, WorkerTask
from app.bootstrap import build_service
from app.errors import FingerpostError, ModelUnusable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from app.batch.unit_files import UnitFile
    from app.batch.units import Unit
    from app.config import Settings
    from app.domain.mined import ModelIdentity

_UNITS_EACH = 2
"""One that is scored and one that waits, so that an actor has work while results travel."""

_MOST_LOSSES = 2
"""Actors that a unit may take down before it is given up."""


class UnitActor:
    """Lives on a node of the cluster; made by `RayPool`."""

    def __init__(self, task: WorkerTask) -> None:
        self._service = build_service(task.settings_for_worker(), load_scorer=task.load_scorer)
        self._scorer = UnitScorer(self._service, task)

    def identify(self) -> ModelIdentity:
        """Return which model is loaded."""
        return self._service.model

    def score(self, unit: Unit) -> UnitFile:
        """Return the results of a unit."""
        self._scorer.begin(unit)
        return self._scorer.finish()


def resources_of(settings: Settings, count: int, gpus: float) -> dict[str, float]:
    """Return what each of `count` actors asks a cluster of `gpus` GPUs for.

    Its threads' cores and, if the model runs there, a GPU, or a share of one where actors are more
    than GPUs: mining takes more of a core than the model takes of a GPU.
    """
    on_each = max(1, math.ceil(count / gpus)) if gpus else 1
    return {
        "num_cpus": settings.threads or 1,
        # Ray counts in ten-thousandths, and six times .1667 would be more than one.
        "num_gpus": 10_000 // on_each / 10_000 if settings.device == "cuda" else 0,
    }


class RayPool:
    """`count` actors on the cluster that this process is connected to, or starts here.

    `on_ready` hears which model each has loaded, `on_lost` of units that were given up. Units go to
    actors that are up: those for which the cluster has no place yet wait, and the others go on.

    Raises:
        ModelUnusable: this process started the cluster, and it has no place for a single actor.
    """

    def __init__(
        self,
        count: int,
        task: WorkerTask,
        *,
        on_ready: Callable[[ModelIdentity], None],
        on_lost: Callable[[Unit], None],
        starts_here: bool = False,
    ) -> None:
        self._task = task
        self._on_ready = on_ready
        self._on_lost = on_lost
        there = ray.cluster_resources()  # type: ignore[no-untyped-call]
        wanted = resources_of(task.settings, count, there.get("GPU", 0))
        if starts_here:
            _check_place(wanted, there)
        self._kind: Any = ray.remote(UnitActor).options(**wanted)
        self._actors: list[Any] = [self._make() for _ in range(count)]
        self._asked: dict[Any, tuple[int, Unit | None]] = {}
        self._up: set[int] = set()
        self._losses: dict[int, int] = {}
        self._deaths_unready = 0
        for place in range(count):
            self._asked[self._actors[place].identify.remote()] = (place, None)

    @property
    def has_room(self) -> bool:
        """Whether a unit can be sent."""
        return any(load < _UNITS_EACH for load in self._loads().values())

    @property
    def is_idle(self) -> bool:
        """Whether nothing is being scored."""
        return not any(unit for _, unit in self._asked.values())

    def send(self, unit: Unit) -> None:
        """Send a unit to the actor that has least to do of those that are up."""
        loads = self._loads()
        place = min(loads, key=loads.__getitem__)
        self._asked[self._actors[place].score.remote(unit)] = (place, unit)

    def take(self, timeout_s: float | None) -> list[Done]:
        """Return which units are done; wait for one, `timeout_s` seconds at most.

        Raises:
            ModelUnusable, StorageUnusable: an actor cannot work.
        """
        if not self._asked:
            return []
        ready, _ = ray.wait(list(self._asked), timeout=timeout_s)
        done: list[Done] = []
        for answer in ready:
            if answer not in self._asked:  # its actor was replaced in this very turn
                continue
            place, unit = self._asked.pop(answer)
            try:
                result = ray.get(answer)
            except RayTaskError as error:
                raise _own_error(error) from error
            except RayActorError:
                self._replace(place, unit)
                continue
            if unit is None:
                self._up.add(place)
                self._deaths_unready = 0
                self._on_ready(result)
                continue
            write_unit(self._task.units_folder, result)
            done.append(Done(result.result.number, result.result.comments))
        return done

    def close(self) -> None:
        """End the actors; all is done."""
        self.kill()

    def kill(self) -> None:
        """End the actors at once."""
        for actor in self._actors:
            ray.kill(actor)
        self._actors.clear()
        self._asked.clear()

    def _make(self) -> Any:
        return self._kind.remote(self._task)

    def _loads(self) -> dict[int, int]:
        """Return how many units each actor that is up has."""
        loads = dict.fromkeys(sorted(self._up), 0)
        for place, unit in self._asked.values():
            if place in loads:
                loads[place] += unit is not None
        return loads

    def _replace(self, place: int, unit: Unit | None) -> None:
        lost = [answer for answer, (other, _) in self._asked.items() if other == place]
        units = [unit, *(self._asked.pop(answer)[1] for answer in lost)]
        was_ready = None not in units  # or it would still be asked which model it has
        self._deaths_unready += not was_ready
        if self._deaths_unready > len(self._actors):  # fewer may all stand on one lost node
            raise ModelUnusable(
                "expected actors that live until the model is loaded, but "
                f"{self._deaths_unready} died; there may be too little memory for so many"
            )
        self._actors[place] = self._make()
        self._up.discard(place)
        self._asked[self._actors[place].identify.remote()] = (place, None)
        for each in units:
            if each is None:
                continue
            self._losses[each.number] = self._losses.get(each.number, 0) + was_ready
            if self._losses[each.number] >= _MOST_LOSSES:
                self._on_lost(each)
            else:
                self._asked[self._actors[place].score.remote(each)] = (place, each)


def _check_place(wanted: Mapping[str, float], there: Mapping[str, float]) -> None:
    """Raise where a cluster that does not grow has too little for one actor, which would wait."""
    for key, kind in (("num_cpus", "CPU"), ("num_gpus", "GPU")):
        if there.get(kind, 0) < wanted[key]:
            raise ModelUnusable(
                f"expected {wanted[key]:g} {kind} for a Ray actor, "
                f"this machine has {there.get(kind, 0):g}"
            )


def connect(address: str | None) -> None:
    """Connect to the cluster at the address, or start one on this machine where none is given."""
    if not ray.is_initialized():
        ray.init(address=address, log_to_driver=False, include_dashboard=False)


def _own_error(error: RayTaskError) -> FingerpostError:
    cause = error.cause
    if isinstance(cause, FingerpostError):
        kind = getattr(errors, type(cause).__name__, FingerpostError)
        own: FingerpostError = kind(str(cause))
        return own
    return FingerpostError(f"expected an actor to score, got: {str(cause)[:200]}")
