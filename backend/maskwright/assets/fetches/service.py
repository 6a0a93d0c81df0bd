"""Asking for images by their addresses, and looking at what became of them."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from maskwright.accounts.audit import record_audit
from maskwright.accounts.domain import Permission
from maskwright.assets.domain import FETCH_JOB, FetchState
from maskwright.assets.fetches import queries
from maskwright.assets.fetches.schemas import NamedUrl
from maskwright.assets.metadata import checked_details, checked_external_id
from maskwright.assets.models import AssetFetch
from maskwright.kernel.ids import new_id
from maskwright.projects.service import require_active_project, require_project
from maskwright.work import Work

_OVERDUE = timedelta(minutes=2)
_SENT_AGAIN = 500


def ask_for(work: Work, project_id: UUID, urls: Sequence[str | NamedUrl]) -> list[tuple[UUID, str]]:
    """Note the addresses and let workers fetch them; returns (fetch, address) of each."""
    project = require_active_project(work, project_id, Permission.IMPORT_DATA)
    asked = [(new_id(), NamedUrl(url=each) if isinstance(each, str) else each) for each in urls]
    rows = []
    for fetch_id, named in asked:
        rows.append(
            {
                "id": fetch_id,
                "organization_id": project.organization_id,
                "project_id": project.id,
                "url": named.url,
                "name": named.name,
                "external_id": checked_external_id(named.external_id),
                "details": checked_details(dict(named.metadata)),
                "state": FetchState.WAITING,
                "created_by": work.actor.user_id,
            }
        )
    queries.insert_fetches(work.session, rows)
    for fetch_id, _ in asked:
        work.enqueue(FETCH_JOB, fetch_arguments(project.organization_id, fetch_id))
    record_audit(work, "assets.urls_sent", "project", project_id, {"urls": len(rows)})
    return [(fetch_id, named.url) for fetch_id, named in asked]


def fetch_arguments(organization_id: UUID, fetch_id: UUID) -> dict[str, object]:
    return {"organization_id": str(organization_id), "fetch_id": str(fetch_id)}


def list_fetches(
    work: Work, project_id: UUID, *, state: FetchState | None, after: UUID | None, limit: int
) -> Sequence[AssetFetch]:
    """Up to `limit + 1` addresses that somebody sent, the newest first."""
    require_project(work, project_id, Permission.IMPORT_DATA)
    return queries.page_of_fetches(work.session, project_id, state=state, after=after, limit=limit)


def count_fetches(work: Work, project_id: UUID, *, since: UUID | None) -> dict[FetchState, int]:
    """How many addresses stand where, of those that were sent from `since` on."""
    require_project(work, project_id, Permission.IMPORT_DATA)
    return queries.count_fetches(work.session, project_id, since=since)


def resend_waiting_fetches(work: Work) -> int:
    """Send again what waits for too long; returns how many."""
    overdue = queries.overdue_fetches(work.session, waiting_for=_OVERDUE, limit=_SENT_AGAIN)
    for organization_id, fetch_id in overdue:
        work.enqueue(FETCH_JOB, fetch_arguments(organization_id, fetch_id))
    return len(overdue)
