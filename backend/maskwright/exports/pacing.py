"""How far an export steps back for people at work.

Its process is the last that gets a core, but its statements run in Postgres like everybody's, and
whoever shares two cores with it waits for caches and wake-ups. Nobody waits for the end of an
export as a labeler does for the next image.
"""

import time
from collections.abc import Callable

BUSY_PER_SECOND = 50.0
"""Transactions of a database: as some hundred labelers ask for, many times what an export does."""
RESTS_PER_WORK = 2.0
"""So much longer than its own processor time it rests where the database is busy: people then meet
it in fewer than half of their requests."""
_LOOK_SECONDS = 1.0


class Pace:
    """Says how long to rest after a piece of work.

    committed  how many transactions the database has committed, ever
    """

    def __init__(
        self,
        committed: Callable[[], int],
        *,
        now: Callable[[], float] = time.monotonic,
        worked: Callable[[], float] = time.thread_time,
    ) -> None:
        self._committed, self._now, self._worked = committed, now, worked
        self._looked_at, self._count = now(), committed()
        self._worked_before = worked()
        self._is_busy = False

    def rest_seconds(self) -> float:
        """For what was worked since it was last asked; 0 where nobody is in the way."""
        self._look()
        worked = self._worked()
        rest = RESTS_PER_WORK * (worked - self._worked_before) if self._is_busy else 0.0
        self._worked_before = worked
        return rest

    def _look(self) -> None:
        """Postgres counts a second behind, so that looking more often says nothing."""
        passed = self._now() - self._looked_at
        if passed < _LOOK_SECONDS:
            return
        count = self._committed()
        self._is_busy = count - self._count > BUSY_PER_SECOND * passed
        self._looked_at, self._count = self._now(), count
