"""How the queue stands, for `/metrics`."""

import threading
import time
from collections.abc import Iterator

import psycopg
import sqlalchemy.exc
import structlog
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from maskwright.queue import progress_queries
from maskwright.queue.progress_queries import QueueGauges
from maskwright.work import Resources

log = structlog.get_logger(__name__)

#: Tasks are counted over all projects, which takes some tenths of a second where there are a
#: million: scrapers may come as often as they like.
_KEPT_SECONDS = 15.0


class QueueCollector(Collector):
    """Counts of the whole database, asked for at most every few seconds. Where the database is
    away they are left out, and the other metrics are told all the same."""

    def __init__(self, resources: Resources) -> None:
        self._resources = resources
        self._lock = threading.Lock()
        self._kept: QueueGauges | None = None
        self._kept_until = 0.0

    def describe(self) -> Iterator[Metric]:
        """Named without asking the database, when the collector is registered."""
        yield GaugeMetricFamily("maskwright_tasks", "Tasks by state", labels=("state",))

    def collect(self) -> Iterator[Metric]:
        found = self._gauges()
        if found is None:
            return
        tasks = GaugeMetricFamily("maskwright_tasks", "Tasks by state", labels=("state",))
        for state, count in found.tasks.items():
            tasks.add_metric((state,), count)
        yield tasks
        yield GaugeMetricFamily(
            "maskwright_leases_live", "Leases in somebody's hands", value=found.live_leases
        )
        yield GaugeMetricFamily(
            "maskwright_leases_overdue",
            "Live leases whose time is over and that nobody ended",
            value=found.overdue_leases,
        )
        waiting = GaugeMetricFamily(
            "maskwright_work_waiting", "What workers have before them", labels=("kind",)
        )
        for kind, count in found.waiting.items():
            waiting.add_metric((kind,), count)
        yield waiting

    def _gauges(self) -> QueueGauges | None:
        with self._lock:
            if time.monotonic() < self._kept_until:
                return self._kept
            try:
                with self._resources.database.open_session() as session:
                    self._kept = progress_queries.gauges(session)
            except (psycopg.Error, sqlalchemy.exc.SQLAlchemyError) as error:
                log.warning("queue_not_counted", error=type(error).__name__)
                self._kept = None
            self._kept_until = time.monotonic() + _KEPT_SECONDS
            return self._kept
