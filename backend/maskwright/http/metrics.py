"""What Prometheus reads at `/metrics`. Each application has a registry of its own."""

from collections.abc import Iterator
from functools import lru_cache

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    disable_created_metrics,
)
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from redis import RedisError

from maskwright.kernel.jobs import QUEUES
from maskwright.work import Resources

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)


class RequestMetrics:
    """Counts and times requests by route template: a label per path would never end."""

    def __init__(self) -> None:
        # They are a second series beside each one, which nobody reads.
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)
        self._in_progress = Gauge(
            "maskwright_requests_in_progress", "Requests being answered", registry=self.registry
        )
        self._answered = Counter(
            "maskwright_requests",
            "Requests answered",
            ("method", "route", "status"),
            registry=self.registry,
        )
        self._seconds = Histogram(
            "maskwright_request_seconds",
            "Time to the last byte of an answer, event streams left out",
            ("method", "route"),
            buckets=_SECONDS,
            registry=self.registry,
        )
        # To look a series up by its labels costs more than to count in it.
        self._series = lru_cache(maxsize=2048)(self._find_series)

    def began(self) -> None:
        self._in_progress.inc()

    def ended(self, method: str, route: str, status: int, seconds: float, *, streams: bool) -> None:
        self._in_progress.dec()
        answered, times = self._series(method if method in _METHODS else "OTHER", route, status)
        answered.inc()
        if not streams:
            times.observe(seconds)

    def _find_series(self, method: str, route: str, status: int) -> tuple[Counter, Histogram]:
        return (
            self._answered.labels(method, route, str(status)),
            self._seconds.labels(method, route),
        )

    def watch(self, resources: Resources) -> None:
        """Report what these resources are used for, too; asked at each scrape."""
        self.registry.register(_ResourcesCollector(resources))


class _ResourcesCollector(Collector):
    def __init__(self, resources: Resources) -> None:
        self._resources = resources

    def describe(self) -> Iterator[Metric]:
        """Named without asking Redis, when the collector is registered."""
        yield self._connections()

    def collect(self) -> Iterator[Metric]:
        yield self._connections()
        yield from self._jobs()

    def _connections(self) -> Metric:
        family = GaugeMetricFamily(
            "maskwright_database_connections", "Connections of the pools", labels=("state",)
        )
        database = self._resources.database
        family.add_metric(("in_use",), database.connections_in_use)
        family.add_metric(("idle",), database.connections_idle)
        return family

    def _jobs(self) -> Iterator[Metric]:
        up = GaugeMetricFamily("maskwright_redis_up", "Whether Redis answers")
        waiting = GaugeMetricFamily(
            "maskwright_jobs_waiting", "Jobs that no worker has fetched", labels=("queue",)
        )
        try:
            with self._resources.redis.pipeline(transaction=False) as pipeline:
                for queue in QUEUES:
                    pipeline.llen(queue)
                lengths = pipeline.execute()
        except RedisError:
            up.add_metric((), 0)
        else:
            up.add_metric((), 1)
            for queue, length in zip(QUEUES, lengths, strict=True):
                waiting.add_metric((queue,), length)
        yield up
        yield waiting
