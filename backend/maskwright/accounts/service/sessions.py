"""Signing in and out, and the sessions that this opens and ends."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from maskwright.accounts import queries
from maskwright.accounts.audit import record_audit
from maskwright.accounts.bearer_secrets import hash_of, new_secret
from maskwright.accounts.domain import Actor, Origin, SignedIn, Throttle
from maskwright.accounts.errors import (
    BrowserSessionRequired,
    NoOrganization,
    TooManyAttempts,
    WrongCredentials,
)
from maskwright.accounts.models import BrowserSession, SignInAttempt, User
from maskwright.accounts.passwords import hash_password, needs_rehash, verify_password
from maskwright.kernel.clock import utc_now
from maskwright.kernel.ids import new_id
from maskwright.work import Work


def sign_in(
    work: Work, email: str, password: str, origin: Origin, *, former_secret: str | None = None
) -> SignedIn:
    """Open a session in the organisation that the person looked at last.

    former_secret  of the session that this browser had; it ends, so that no secret outlives a
                   change of who holds the browser
    Raises         TooManyAttempts, WrongCredentials, NoOrganization
    """
    user = verify_person(work, email, password, origin)
    membership = queries.last_membership(work.session, user.id)
    if membership is None:
        raise NoOrganization
    if former_secret is not None:
        end_session_of_secret(work, former_secret)
    actor = membership.actor
    signed_in = open_session(work, actor, origin)
    record_audit(work, "session.opened", "session", signed_in.actor.session_id, actor=actor)
    return signed_in


def verify_person(work: Work, email: str, password: str, origin: Origin) -> User:
    """The person with this e-mail and password; a failure is counted and slows the next ones."""
    attempts = queries.failed_attempts(work.session, email, origin.address)
    free_at = Throttle.free_at(attempts)
    if free_at is not None:
        wait = max(1, round((free_at - utc_now()).total_seconds()))
        raise TooManyAttempts(retry_after_seconds=wait)
    user = queries.find_user_by_email(work.session, email)
    kept = user.password_hash if user is not None and user.disabled_at is None else None
    if not verify_password(password, kept, work.settings.passwords) or user is None:
        work.session.add(SignInAttempt(id=new_id(), email=email, address=origin.address))
        queries.purge_attempts(work.session)
        raise WrongCredentials
    queries.forget_attempts(work.session, email, origin.address)
    if needs_rehash(user.password_hash, work.settings.passwords):
        user.password_hash = hash_password(password, work.settings.passwords)
    return user


def open_session(work: Work, actor: Actor, origin: Origin) -> SignedIn:
    """A fresh session for this person in this organisation."""
    secret = new_secret()
    opened = BrowserSession(
        id=new_id(),
        organization_id=actor.organization_id,
        user_id=actor.person_id,
        token_hash=hash_of(secret),
        csrf_token=new_secret(),
        expires_at=utc_now() + timedelta(days=work.settings.security.session_days),
        user_agent=origin.user_agent,
    )
    work.session.add(opened)
    work.session.flush()
    queries.purge_sessions(work.session, actor.person_id)
    queries.touch_membership(work.lane, actor.organization_id, actor.person_id)
    return SignedIn(replace(actor, session_id=opened.id, token_id=None, scopes=None), secret)


def sign_out(work: Work) -> None:
    queries.end_session(work.session, require_browser_session(work))


def end_session_of_secret(work: Work, secret: str) -> None:
    row = queries.session_holder(work.lane, hash_of(secret))
    if row is not None:
        queries.end_session(work.session, row.id)


def require_browser_session(work: Work) -> UUID:
    """The id of the session that the actor came with; an API token has none."""
    if work.actor.session_id is None:
        raise BrowserSessionRequired
    return work.actor.session_id
