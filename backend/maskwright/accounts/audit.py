"""The audit log's one door: `record_audit`, called by every slice beside what it records."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from maskwright.accounts.domain import Actor
from maskwright.accounts.models import AuditEvent
from maskwright.kernel.ids import new_id
from maskwright.work import Work


def record_audit(
    work: Work,
    action: str,
    object_type: str,
    object_id: UUID | None,
    details: Mapping[str, Any] | None = None,
    *,
    actor: Actor | None = None,
) -> None:
    """Note who did what, in the same transaction: nothing is done unrecorded, nor the other way
    round.

    action   `<object>.<past participle>`: `project.archived`
    details  JSON values that tell a reader what changed; never secrets
    actor    who did it, where that is not who the work acts for: somebody who just signed in
    """
    actor = actor or work.actor
    work.session.add(
        AuditEvent(
            id=new_id(),
            organization_id=actor.organization_id,
            actor_id=actor.user_id,
            action=action,
            object_type=object_type,
            object_id=object_id,
            details=dict(details or {}),
        )
    )
