"""What the service counts of itself, in a registry of its own for each application."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    Info,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)

if TYPE_CHECKING:
    from app.domain.mined import ModelIdentity
    from app.web.admission import Admission

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_LATENCY_BUCKETS_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 16, 32, 64)
"""From a look-up in the database to a page just below the synchronous limit on a slow machine."""


class Meters:
    """Counts requests and mined comments, and shows the queue before the model."""

    def __init__(self, admission: Admission) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        PlatformCollector(registry=self._registry)
        self._requests = Counter(
            "fingerpost_requests_total",
            "Requests answered, by route and status.",
            ("method", "route", "status"),
            registry=self._registry,
        )
        self._latency = Histogram(
            "fingerpost_request_duration_seconds",
            "Time from a request's first byte to its answer's last.",
            ("method", "route"),
            buckets=_LATENCY_BUCKETS_S,
            registry=self._registry,
        )
        self._comments = Counter(
            "fingerpost_comments_scored_total",
            "Comments that requests had the model score.",
            registry=self._registry,
        )
        self._model = Info("fingerpost_model", "The model in use.", registry=self._registry)
        queue = Gauge(
            "fingerpost_queue_requests",
            "Requests at the model, waiting and running.",
            ("state",),
            registry=self._registry,
        )
        queue.labels("waiting").set_function(lambda: admission.waiting)
        queue.labels("running").set_function(lambda: admission.running)

    def count_request(self, *, method: str, route: str, status: int, duration_s: float) -> None:
        """Count one request under its route's template, never its path."""
        known = method if method in _METHODS else "OTHER"
        self._requests.labels(known, route, str(status)).inc()
        self._latency.labels(known, route).observe(duration_s)

    def count_comments(self, scored: int) -> None:
        """Count comments that the model has scored."""
        self._comments.inc(scored)

    def name_model(self, model: ModelIdentity) -> None:
        """Say which model is in use."""
        self._model.info({"name": model.name, "revision": model.revision})

    def write(self) -> bytes:
        """Return everything counted in Prometheus' text format."""
        return generate_latest(self._registry)
