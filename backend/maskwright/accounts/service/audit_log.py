"""Reading who did what."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa

from maskwright.accounts import audit_queries as queries
from maskwright.accounts.audit_queries import AuditFilter
from maskwright.accounts.domain import Permission
from maskwright.accounts.models import AuditEvent
from maskwright.work import Work

#: The newest so many go into one file; a span of time gets the others.
MOST_IN_FILE = 20_000


def list_audit_events(
    work: Work, wanted: AuditFilter, *, after: UUID | None, limit: int
) -> Sequence[sa.Row[AuditEvent, str]]:
    """Up to `limit + 1` events of the actor's organisation, newest first."""
    actor = work.require(Permission.VIEW_AUDIT)
    return queries.page_of_audit(
        work.session, actor.organization_id, wanted, after=after, limit=limit
    )


def audit_file(work: Work, wanted: AuditFilter) -> Sequence[sa.Row[AuditEvent, str]]:
    """The newest ones, for a file."""
    return list_audit_events(work, wanted, after=None, limit=MOST_IN_FILE - 1)


def list_actions(work: Work) -> Sequence[str]:
    """Every action that there is an event of, in the order of the alphabet."""
    actor = work.require(Permission.VIEW_AUDIT)
    found = queries.kinds_of_audit(work.session, actor.organization_id)
    return sorted({action for action, _ in found})
