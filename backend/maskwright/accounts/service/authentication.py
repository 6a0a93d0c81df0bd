"""Who sends this request? Asked before every use case, so it costs one statement."""

import hmac

from maskwright.accounts import queries
from maskwright.accounts.bearer_secrets import hash_of
from maskwright.accounts.domain import Actor, Credentials, Role, Scope
from maskwright.accounts.errors import CsrfFailed
from maskwright.accounts.models import permissions_from, roles_in_projects
from maskwright.db.lane import Lane
from maskwright.kernel.log_context import note
from maskwright.settings import Settings


def authenticate(lane: Lane, credentials: Credentials, settings: Settings) -> Actor | None:
    """The person behind the credentials, or None where there are none that hold.

    Raises CsrfFailed where a cookie came with a changing request, but not the session's token.
    """
    actor = _actor_of(lane, credentials, settings)
    if actor is not None:
        note(user_id=actor.user_id, organization_id=actor.organization_id)
    return actor


def _actor_of(lane: Lane, credentials: Credentials, settings: Settings) -> Actor | None:
    if credentials.bearer is not None:
        return _holder_of_token(lane, credentials.bearer)
    if credentials.session_secret is not None:
        return _holder_of_session(lane, credentials, credentials.session_secret, settings)
    return None


def _holder_of_token(lane: Lane, bearer: str) -> Actor | None:
    row = queries.token_holder(lane, hash_of(bearer))
    if row is None:
        return None
    if row.seen_long_ago:
        queries.touch_token(lane, row.id)
        queries.touch_membership(lane, row.organization_id, row.user_id)
    return Actor(
        organization_id=row.organization_id,
        role=Role(row.role),
        user_id=row.user_id,
        scopes=frozenset(map(Scope, row.scopes)),
        token_id=row.id,
        custom_permissions=permissions_from(row.permissions),
        in_projects=roles_in_projects(row.in_projects),
    )


def _holder_of_session(
    lane: Lane, credentials: Credentials, secret: str, settings: Settings
) -> Actor | None:
    row = queries.session_holder(lane, hash_of(secret))
    if row is None:
        return None
    if credentials.changes_state:
        sent = (credentials.csrf_token or "").encode()
        if not hmac.compare_digest(sent, row.csrf_token.encode()):
            raise CsrfFailed
    if row.seen_long_ago:
        # A session ends after so many days without use, not in the middle of somebody's work.
        queries.touch_session(lane, row.id, settings.security.session_days)
        queries.touch_membership(lane, row.organization_id, row.user_id)
    return Actor(
        organization_id=row.organization_id,
        role=Role(row.role),
        user_id=row.user_id,
        session_id=row.id,
        custom_permissions=permissions_from(row.permissions),
        in_projects=roles_in_projects(row.in_projects),
    )
