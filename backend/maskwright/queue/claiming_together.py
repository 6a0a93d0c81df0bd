"""Claims that come at the same moment, granted together.

Most people who ask for an image have nothing that comes before it: no lease, no draft, nothing
that was sent back or assigned. They get the candidates that Redis proposes, all by one statement.
Whoever has something of his own, or may not have his candidate, is left to
`service.claim_next_task`, which sees him as if nobody had looked before.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from maskwright.accounts.domain import Actor, Permission
from maskwright.events.service import project_changed
from maskwright.kernel.ids import new_id
from maskwright.projects.service import is_seen
from maskwright.queue import queries, together_queries
from maskwright.queue.candidates import Candidates
from maskwright.queue.domain import TaskStage
from maskwright.queue.handing_out import Claim, claim_of, share_of
from maskwright.queue.pace import Share
from maskwright.queue.service import note_fetch
from maskwright.queue.watching import is_watched
from maskwright.work import Resources, Work

_LEFT_ALONE_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Wish:
    """A claim as it came.

    work      in the name of who asks
    exclude   tasks that he holds already
    fetch_ms  how long he waited for his last image; 0 where he does not say
    """

    work: Work
    project_id: UUID
    prefetch: bool
    exclude: Sequence[UUID]
    fetch_ms: int


@dataclass(frozen=True, slots=True)
class _Asked:
    """A wish on its way to the database."""

    wish: Wish
    share: Share
    request: queries.ClaimRequest


class LeftAlone:
    """One per process: the projects whose claims are granted one by one for the time being, for
    there is more to be looked at there."""

    def __init__(self, _: Resources) -> None:
        self._until: dict[UUID, float] = {}

    def __contains__(self, project_id: UUID) -> bool:
        return time.monotonic() < self._until.get(project_id, 0.0)

    def add(self, project_id: UUID) -> None:
        self._until[project_id] = time.monotonic() + _LEFT_ALONE_SECONDS

    def close(self) -> None:
        self._until.clear()


def are_left_alone(resources: Resources, project_id: UUID) -> bool:
    """Whether this project's claims are known to be granted one by one."""
    return project_id in resources.part(LeftAlone)


def claim_together(work: Work, wishes: Sequence[Wish]) -> list[Claim | None]:
    """Give each of these people the next task of labeling, on one lane; None for each who has to
    ask by himself, for whom nothing was done."""
    claims: list[Claim | None] = [None] * len(wishes)
    asked = dict(_asked_for(wishes))
    if not asked:
        return claims
    refused = {at: one for at, one in asked.items() if one.request.candidate in one.wish.exclude}
    wanted = {at: one for at, one in asked.items() if at not in refused}
    for at, grant in _granted(work, wanted):
        if grant is None:
            refused[at] = wanted[at]
        else:
            claims[at] = _claimed(wanted[at], grant)
    if refused:
        _propose_again(work, [one.request for one in refused.values()])
    return claims


def _asked_for(wishes: Sequence[Wish]) -> Iterator[tuple[int, _Asked]]:
    """By their places in `wishes`: each person once in a project."""
    seen: set[tuple[UUID, UUID]] = set()
    for at, wish in enumerate(wishes):
        actor = wish.work.enter(wish.project_id)
        if not is_seen(actor) or not actor.may(Permission.LABEL):
            continue
        who = (wish.project_id, actor.person_id)
        asked = None if who in seen else _asked(wish, actor)
        if asked is not None:
            seen.add(who)
            yield at, asked


def _asked(wish: Wish, actor: Actor) -> _Asked | None:
    """None for who does not get what all others could do as well, or where there is nothing."""
    work, project_id = wish.work, wish.project_id
    if is_watched(work, project_id):
        work.resources.part(LeftAlone).add(project_id)
        return None
    # Noted twice of who has to ask by himself: the mean of what is the same is no other one.
    note_fetch(work, project_id, wish.fetch_ms)
    share = share_of(work, project_id, TaskStage.LABEL)
    proposed = work.resources.part(Candidates).take(project_id) if share.from_pool else None
    if not proposed:
        return None
    request = queries.ClaimRequest(
        project_id=project_id,
        organization_id=actor.organization_id,
        labeler_id=actor.person_id,
        lease_id=new_id(),
        stage=TaskStage.LABEL,
        prefetch=wish.prefetch,
        exclude=wish.exclude,
        candidate=proposed[0],
        depth=share.leases,
        from_pool=True,
    )
    return _Asked(wish, share, request)


def _granted(
    work: Work, wanted: Mapping[int, _Asked]
) -> Iterator[tuple[int, queries.GrantRow | None]]:
    if wanted:
        requests = [one.request for one in wanted.values()]
        yield from zip(wanted, together_queries.claim_candidates(work.lane, requests), strict=True)


def _claimed(one: _Asked, grant: queries.GrantRow) -> Claim:
    work, project_id = one.wish.work, one.wish.project_id
    project_changed(work, project_id)
    return claim_of(work, project_id, TaskStage.LABEL, grant, one.share, prefetch=one.wish.prefetch)


def _propose_again(work: Work, refused: Sequence[queries.ClaimRequest]) -> None:
    """What was proposed to them is for somebody else, where it is still open; and where there are
    more rules to a project, its people are asked one by one from now on."""
    project_ids = {one.project_id for one in refused}
    plain = together_queries.plain_projects(work.lane, project_ids)
    candidates, left_alone = work.resources.part(Candidates), work.resources.part(LeftAlone)
    for project_id in project_ids:
        if project_id not in plain:
            left_alone.add(project_id)
        tasks = [one.candidate for one in refused if one.project_id == project_id]
        open_tasks = queries.still_open(work.lane, project_id, [task for task in tasks if task])
        work.after_commit(partial(candidates.offer, open_tasks))
