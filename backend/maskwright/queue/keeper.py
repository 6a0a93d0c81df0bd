"""The light thread that keeps the queue in order, one in every API process.

Every two seconds it ends expired leases and reservations and puts their tasks back, so that counts
are right and nothing waits for a claim to notice. It fills a project's candidates where a claim
found them empty, and compares them with Postgres every minute, which mends what a lost or restored
Redis left wrong. Several processes may do this at once: the sweep skips what another one holds, and
a refill takes a short lock.
"""

import threading
import time
from collections.abc import Callable
from uuid import UUID

import structlog
from sqlalchemy.exc import SQLAlchemyError

from maskwright.events.service import announce_change
from maskwright.queue import flow_queries, queries
from maskwright.queue.candidates import Candidates
from maskwright.queue.domain import TaskStage
from maskwright.queue.pool_queries import BEFORE_ALL, pool_sizes, proposals_page
from maskwright.queue.rates import Rates
from maskwright.work import Resources

log = structlog.get_logger(__name__)

SWEEP_SECONDS = 2.0
COMPARE_SECONDS = 60.0
_REFILL_LOCK_SECONDS = 10
_REFILL_PAGE = 5000


class QueueKeeper:
    """Does its rounds once it was started; refills asked for meanwhile are done at once."""

    def __init__(self, resources: Resources) -> None:
        self._resources = resources
        self._candidates = resources.part(Candidates)
        self._rates = resources.part(Rates)
        self._wanted: set[UUID] = set()
        self._unfinished: set[UUID] = set()
        self._lock = threading.Lock()
        self._woken = threading.Event()
        self._closing = threading.Event()
        self._swept_at = 0.0
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        self._thread = threading.Thread(target=self._run, name="queue-keeper", daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._closing.set()
        self._woken.set()
        if self._thread is not None:
            self._thread.join(timeout=5)

    def want_refill(self, project_id: UUID) -> None:
        """Somebody found the candidates empty although there was work."""
        with self._lock:
            self._wanted.add(project_id)
        self._woken.set()

    def _run(self) -> None:
        compared = 0.0
        while not self._closing.is_set():
            self._woken.wait(timeout=SWEEP_SECONDS)
            self._woken.clear()
            try:
                self._candidates.put_back_unused()
                self.refill_wanted()
                self._sweep_when_due()
                if time.monotonic() - compared >= COMPARE_SECONDS:
                    self._compare()
                    compared = time.monotonic()
            except SQLAlchemyError as error:
                # Postgres is away; the next round comes soon enough.
                log.warning("queue_keeper_interrupted", error=str(error))

    def _sweep_when_due(self) -> None:
        if time.monotonic() - self._swept_at >= SWEEP_SECONDS:
            self.sweep()
            self._exchange_rates()
            self._swept_at = time.monotonic()

    def sweep(self) -> int:
        """End expired leases and reservations everywhere; returns how many tasks went back."""
        with self._resources.database.open_session() as session:
            freed = queries.end_expired_leases(session)
            session.commit()
            freed += queries.end_reservations(session)
            session.commit()
        self._candidates.offer(freed)
        for project_id in {task.project_id for task in freed}:
            announce_change(self._resources, project_id)
        return len(freed)

    def refill(
        self, project_id: UUID, *, meanwhile: Callable[[], None] = lambda: None
    ) -> int | None:
        """Propose every open task that is for everybody; returns how many there are, None where
        Redis did not take them all.

        meanwhile  called now and then: a million tasks take seconds, and other duties go on
        """
        offered = 0
        for stage in TaskStage:
            last = BEFORE_ALL
            while not self._closing.is_set():
                # A transaction per page: none is held open while Redis is written.
                with self._resources.database.open_session() as session:
                    page = proposals_page(session, project_id, stage, last, _REFILL_PAGE)
                if not page:
                    break
                if not self._candidates.propose(project_id, stage, page):
                    return None
                offered, last = offered + len(page), page[-1]
                meanwhile()
        return offered

    def _exchange_rates(self) -> None:
        with self._resources.database.open_session() as session:
            self._rates.exchange(session)

    def refill_wanted(self) -> None:
        """Fill the candidates of the projects that were asked for. One of which Redis did not take
        all, or lost it meanwhile, is filled again in the next round: a part of the candidates would
        hide the others until they are compared."""
        with self._lock:
            wanted, self._wanted = self._wanted, set()
        for project_id in wanted:
            if not self._candidates.lock_refill(project_id, _REFILL_LOCK_SECONDS):
                if project_id in self._unfinished:
                    self._want_next_round(project_id)  # the lock is what our last try left
                continue
            began = time.monotonic()
            offered = self.refill(project_id, meanwhile=self._sweep_when_due)
            if offered is None or self._was_emptied(project_id, began):
                self._unfinished.add(project_id)
                self._want_next_round(project_id)
            else:
                self._unfinished.discard(project_id)
            log.info("candidates_refilled", project_id=str(project_id), tasks=offered)

    def _want_next_round(self, project_id: UUID) -> None:
        with self._lock:
            self._wanted.add(project_id)

    def _was_emptied(self, project_id: UUID, began: float) -> bool:
        """Redis lost what it had since then: our lock too, before its time."""
        is_in_time = time.monotonic() - began < _REFILL_LOCK_SECONDS - 1
        return is_in_time and not self._candidates.is_refill_locked(project_id)

    def _compare(self) -> None:
        with self._resources.database.open_session() as session:
            flow_queries.free_what_left_people_had(session)
            session.commit()
            pools = pool_sizes(session)
        for project_id, stage, count in pools:
            proposed = self._candidates.count(project_id, stage)
            if proposed is not None and proposed < count:
                self.want_refill(project_id)
