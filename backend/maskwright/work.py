"""`Work`: what a use case is handed, and where its transaction begins and ends.

A service never commits. The route (or the Celery task) that opened the work commits it when the
use case returns; what must happen only if the commit held (a job, an event) is put behind it with
`after_commit`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from threading import RLock
from types import TracebackType
from typing import Protocol, Self, TypeVar, cast
from uuid import UUID

import structlog
from redis import Redis
from sqlalchemy.orm import Session

from maskwright.accounts.domain import Actor, Permission
from maskwright.db.lane import Lane, lane_of
from maskwright.db.session import Database
from maskwright.kernel.errors import Forbidden, MaskwrightError, Unauthenticated
from maskwright.kernel.jobs import JobQueue
from maskwright.settings import Settings
from maskwright.storage import BlobStore

log = structlog.get_logger(__name__)


class Part(Protocol):
    """Something that a slice keeps for the whole process: a cache, a breaker, a thread."""

    def close(self) -> None: ...


P = TypeVar("P", bound=Part)


@dataclass(frozen=True)
class Resources:
    """What one process shares between all its requests or tasks."""

    settings: Settings
    database: Database
    redis: Redis
    blobs: BlobStore
    jobs: JobQueue
    _parts: dict[type[Part], Part] = field(default_factory=dict, init=False, repr=False)
    _parts_lock: RLock = field(default_factory=RLock, init=False, repr=False)

    def part(self, kind: Callable[["Resources"], P]) -> P:
        """This process's one `kind`, made from these resources when it is first asked for."""
        found = self._parts.get(kind)  # type: ignore[call-overload]  # a class is its own maker
        if found is None:
            with self._parts_lock:
                found = self._parts.get(kind)  # type: ignore[call-overload]
                if found is None:
                    found = self._parts[kind] = kind(self)  # type: ignore[index]
        return cast(P, found)

    def close(self) -> None:
        for part in reversed(list(self._parts.values())):
            part.close()
        self.database.close()
        self.redis.close()


Authenticator = Callable[[Lane], Actor | None]


@dataclass
class Work:
    """One unit of work: a session, the person (or worker) who acts, and what follows the commit.

    on_lane  for the hot paths: it writes through `lane`, where every statement is a transaction
             of its own unless the use case begins one. Its `session` is opened when it is asked
             for, and is another transaction, which is committed last
    """

    resources: Resources
    authenticate: Authenticator
    on_lane: bool = False
    _actor: Actor | None = None
    _person: Actor | None = None
    _session: Session | None = None
    _lane: Lane | None = None
    _after_commit: list[Callable[[], None]] = field(default_factory=list)
    _made_from: "Work | None" = None

    @property
    def session(self) -> Session:
        if self._made_from is not None:
            return self._made_from.session
        if self._session is None:
            if self._lane is None:
                raise RuntimeError("This work is not open: use it in a `with` block.")
            self._session = self.resources.database.open_session()
        return self._session

    @property
    def lane(self) -> Lane:
        """For `Statement`s: in the session's transaction, save for work on a lane of its own."""
        return lane_of(self.session) if self._lane is None else self._lane

    def leave_lane(self) -> None:
        """Go on in the session's transaction, which is the lane's from here on: where a hot path
        comes to what is rare. What the lane did is committed, or taken back."""
        if self._lane is not None:
            lane, self._lane = self._lane, None
            self._session = self._session or self.resources.database.open_session()
            self.resources.database.lanes.give_back(lane)

    @property
    def actor(self) -> Actor:
        """Who acts; raises Unauthenticated where nobody is signed in."""
        if self._actor is None:
            raise Unauthenticated
        return self._actor

    def actor_in(self, project_id: UUID) -> Actor:
        """The actor with what he may do in this project."""
        return (self._person or self.actor).in_project(project_id)

    def enter(self, project_id: UUID) -> Actor:
        """From here on this work is about this project, and the actor is who he is in it."""
        person = self._person or self.actor
        if person.in_projects:
            self._person, self._actor = person, person.in_project(project_id)
        return self.actor

    def acting_as(self, actor: Actor) -> "Work":
        """This open work in the name of somebody else: of one of several people whose requests are
        answered together, or of him whom a worker writes to, for reading what he may see. It is
        committed and closed by the work that it was made from, whose lane and session it shares."""
        return replace(self, _actor=actor, _person=None, _made_from=self)

    @property
    def settings(self) -> Settings:
        return self.resources.settings

    def require(self, permission: Permission) -> Actor:
        """The actor, if he may; raises Unauthenticated or Forbidden."""
        if not self.actor.may(permission):
            raise Forbidden(permission=permission.value)
        return self.actor

    def require_somewhere(self, permission: Permission) -> Actor:
        """The actor, if he may in any project: for what is found by another id first, and asked
        again once its project is known."""
        if not self.actor.may_somewhere(permission):
            raise Forbidden(permission=permission.value)
        return self.actor

    def after_commit(self, hook: Callable[[], None]) -> None:
        """Run `hook` once the commit held. It must not use the session."""
        self._after_commit.append(hook)

    def enqueue(self, name: str, arguments: dict[str, object], *, queue: str = "default") -> None:
        """Hand a job to the workers once the commit held."""
        self.after_commit(lambda: self.resources.jobs.send(name, arguments, queue=queue))

    def __enter__(self) -> Self:
        database = self.resources.database
        if self.on_lane:
            self._lane = database.lanes.take()
        else:
            self._session = database.open_session()
        try:
            self._actor = self.authenticate(self.lane)
        except BaseException:
            self._close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if error is None or (isinstance(error, MaskwrightError) and error.keeps_work):
                self._commit()
            else:
                self._after_commit.clear()
        finally:
            self._close()
        self._run_hooks()

    def _commit(self) -> None:
        if self._lane is not None and self._lane.is_in_transaction:
            self._lane.commit()
        if self._session is not None:
            self._session.commit()

    def _close(self) -> None:
        """Without a commit, nothing was done."""
        if self._session is not None:
            self._session.close()
            self._session = None
        if self._lane is not None:
            lane, self._lane = self._lane, None
            self.resources.database.lanes.give_back(lane)

    def _run_hooks(self) -> None:
        """A hook that fails can't take back what was committed: it is logged, and the sweeps that
        re-enqueue unfinished work catch up."""
        for hook in self._after_commit:
            try:
                hook()
            except Exception:
                log.exception("after_commit_failed")
        self._after_commit.clear()
