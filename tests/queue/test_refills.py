"""A refill that Redis did not take whole, or lost while it was made, is made again at once."""

from collections.abc import Callable
from uuid import UUID

from maskwright.queue.candidates import Candidates
from maskwright.queue.keeper import QueueKeeper
from maskwright.work import Resources
from tests.queue.desk import Desk

NOBODY_THERE = "redis://127.0.0.1:1"


class DisturbedOnce(QueueKeeper):
    """Something happens to Redis around the first refill."""

    def __init__(
        self, resources: Resources, *, before: Callable[[], object], after: Callable[[], object]
    ) -> None:
        super().__init__(resources)
        self._before, self._after = before, after
        self._is_disturbed = False

    def refill(
        self, project_id: UUID, *, meanwhile: Callable[[], None] = lambda: None
    ) -> int | None:
        if self._is_disturbed:
            return super().refill(project_id, meanwhile=meanwhile)
        self._is_disturbed = True
        self._before()
        offered = super().refill(project_id, meanwhile=meanwhile)
        self._after()
        return offered


def test_what_redis_forgot_meanwhile_is_proposed_again(desk: Desk, resources: Resources) -> None:
    desk.add_images(3)
    keeper = DisturbedOnce(resources, before=lambda: None, after=resources.redis.flushall)
    keeper.want_refill(desk.project_id)

    keeper.refill_wanted()
    assert proposed(desk, resources) == 0
    keeper.refill_wanted()

    assert proposed(desk, resources) == 3


def test_what_redis_did_not_take_is_proposed_when_its_lock_is_gone(
    desk: Desk, resources: Resources
) -> None:
    desk.add_images(3)
    resources.redis.flushall()
    candidates = resources.part(Candidates)
    keeper = DisturbedOnce(
        resources,
        before=lambda: candidates.use(NOBODY_THERE),
        after=lambda: candidates.use(resources.settings.redis.url),
    )
    keeper.want_refill(desk.project_id)

    keeper.refill_wanted()
    keeper.refill_wanted()
    assert proposed(desk, resources) == 0
    resources.redis.delete(f"maskwright:candidates:{desk.project_id}:refill")  # as time does
    keeper.refill_wanted()

    assert proposed(desk, resources) == 3


def proposed(desk: Desk, resources: Resources) -> int | None:
    return resources.part(Candidates).count(desk.project_id)
