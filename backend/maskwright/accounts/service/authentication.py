"""Who sends this request? Asked before every use case, so it costs one statement."""

import hmac
from collections.abc import Sequence

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


def recognize(lane: Lane, sent: Sequence[Credentials]) -> list[Actor | None]:
    """Who sent each of several requests, found out by one statement.

    None where there is more to be done than to look: where the credentials don't hold, or it is
    time to write down that somebody was seen. For him, ask `authenticate`.
    """
    hashes = [hash_of(one.bearer or one.session_secret or "") for one in sent]
    bearers = {hash_ for hash_, one in zip(hashes, sent, strict=True) if one.bearer is not None}
    tokens = queries.token_holders(lane, bearers)
    sessions = queries.session_holders(lane, {*hashes} - bearers)
    return [
        _token_actor(tokens.get(hash_))
        if one.bearer is not None
        else _session_actor(sessions.get(hash_), one)
        for hash_, one in zip(hashes, sent, strict=True)
    ]


def _token_actor(row: queries.TokenHolder | None) -> Actor | None:
    return None if row is None or row.seen_long_ago else _actor_of_token(row)


def _session_actor(row: queries.SessionHolder | None, credentials: Credentials) -> Actor | None:
    if row is None or row.seen_long_ago or not _may_act(row, credentials):
        return None
    return _actor_of_session(row)


def _holder_of_token(lane: Lane, bearer: str) -> Actor | None:
    row = queries.token_holder(lane, hash_of(bearer))
    if row is None:
        return None
    if row.seen_long_ago:
        queries.touch_token(lane, row.id)
        queries.touch_membership(lane, row.organization_id, row.user_id)
    return _actor_of_token(row)


def _actor_of_token(row: queries.TokenHolder) -> Actor:
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
    if not _may_act(row, credentials):
        raise CsrfFailed
    if row.seen_long_ago:
        # A session ends after so many days without use, not in the middle of somebody's work.
        queries.touch_session(lane, row.id, settings.security.session_days)
        queries.touch_membership(lane, row.organization_id, row.user_id)
    return _actor_of_session(row)


def _may_act(row: queries.SessionHolder, credentials: Credentials) -> bool:
    """Whether the request is one that only our own pages can send."""
    sent = (credentials.csrf_token or "").encode()
    return not credentials.changes_state or hmac.compare_digest(sent, row.csrf_token.encode())


def _actor_of_session(row: queries.SessionHolder) -> Actor:
    return Actor(
        organization_id=row.organization_id,
        role=Role(row.role),
        user_id=row.user_id,
        session_id=row.id,
        custom_permissions=permissions_from(row.permissions),
        in_projects=roles_in_projects(row.in_projects),
    )
