"""Invitations by link: made, withdrawn, looked at, accepted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa

from maskwright.accounts import queries
from maskwright.accounts.audit import record_audit
from maskwright.accounts.bearer_secrets import hash_of
from maskwright.accounts.domain import Origin, Permission, Role, SignedIn
from maskwright.accounts.errors import (
    AlreadyMember,
    EmailRequired,
    InvitationNotFound,
    NameRequired,
)
from maskwright.accounts.models import Invitation, Membership, User
from maskwright.accounts.passwords import check_new_password
from maskwright.accounts.service.people import create_person
from maskwright.accounts.service.roles import (
    grant_of,
    grant_to_give,
    name_of_role,
    role_details,
)
from maskwright.accounts.service.sessions import (
    end_session_of_secret,
    open_session,
    verify_person,
)
from maskwright.kernel.clock import utc_now
from maskwright.kernel.derived_secrets import derived_secret
from maskwright.kernel.ids import new_id
from maskwright.mail import service as mail
from maskwright.mail.domain import MailState, Template
from maskwright.notifications.domain import NotificationKind
from maskwright.notifications.service import notify
from maskwright.settings import Settings
from maskwright.work import Work
from maskwright.workforce.service.teams import join_team, require_joinable


@dataclass(frozen=True)
class NewInvitation:
    """An invitation and its secret, which is part of the link and kept nowhere."""

    invitation: Invitation
    secret: str
    invited_by: str
    is_mailed: bool = False


@dataclass(frozen=True)
class InvitationPreview:
    """What who holds the link may know before he accepts."""

    invitation: Invitation
    organization_name: str
    role_name: str | None
    account_exists: bool


def list_invitations(
    work: Work, *, after: UUID | None, limit: int
) -> Sequence[sa.Row[Invitation, str]]:
    """Up to `limit + 1` that can still be accepted, each with the name of who invited."""
    actor = work.require(Permission.MANAGE_MEMBERS)
    return queries.page_of_open_invitations(
        work.session, actor.organization_id, after=after, limit=limit
    )


def letters_about(work: Work, listed: Sequence[sa.Row[Invitation, str]]) -> dict[UUID, MailState]:
    """What became of the newest letter about each of these."""
    return mail.latest_states(work.session, [row[0].id for row in listed])


def invite(
    work: Work,
    *,
    email: str | None,
    role: Role,
    days: int,
    custom_role_id: UUID | None = None,
    team_id: UUID | None = None,
) -> NewInvitation:
    """Where it names an e-mail and this site sends letters, the link is sent."""
    actor = work.require(Permission.MANAGE_MEMBERS)
    grant = grant_to_give(work, role, custom_role_id)
    if team_id is not None:
        require_joinable(work, team_id)
    if email is not None:
        known = queries.find_user_by_email(work.session, email)
        if known and queries.find_membership(work.session, actor.organization_id, known.id):
            raise AlreadyMember
    now, invitation_id = utc_now(), new_id()
    secret = secret_of(work.settings, invitation_id)
    invitation = Invitation(
        id=invitation_id,
        organization_id=actor.organization_id,
        email=email,
        role=grant.role,
        custom_role_id=grant.custom_role_id,
        token_hash=hash_of(secret),
        team_id=team_id,
        invited_by=actor.person_id,
        created_at=now,
        expires_at=now + timedelta(days=days),
    )
    work.session.add(invitation)
    record_audit(
        work,
        "invitation.created",
        "invitation",
        invitation.id,
        {"email": email, **role_details(grant)},
    )
    work.session.flush()
    return _handed_over(work, invitation, secret)


def resend_invitation(work: Work, invitation_id: UUID, *, days: int) -> NewInvitation:
    """Give it so many days from now, and send its link again. One that is over can't be renewed."""
    actor = work.actor
    invitation = queries.lock_open_invitation(work.session, actor.organization_id, invitation_id)
    if invitation is None:
        raise InvitationNotFound
    work.require(Permission.MANAGE_MEMBERS)
    secret = secret_of(work.settings, invitation.id)
    invitation.token_hash = hash_of(secret)
    invitation.expires_at = utc_now() + timedelta(days=days)
    record_audit(work, "invitation.sent_again", "invitation", invitation.id)
    work.session.flush()
    return _handed_over(work, invitation, secret)


def _handed_over(work: Work, invitation: Invitation, secret: str) -> NewInvitation:
    """With its letter on the way, where it has an address."""
    inviter = queries.find_user(work.session, invitation.invited_by)
    is_mailed = invitation.email is not None and mail.post(
        work,
        Template.INVITATION,
        invitation.id,
        invitation.email,
        organization_id=invitation.organization_id,
    )
    return NewInvitation(invitation, secret, inviter.name if inviter else "", is_mailed)


def secret_of(settings: Settings, invitation_id: UUID) -> str:
    """What makes the link: derived, so that the letter can be written later and once more."""
    key = settings.security.secret_key.get_secret_value()
    return derived_secret(key, "invitation", str(invitation_id))


def withdraw_invitation(work: Work, invitation_id: UUID) -> None:
    invitation = queries.lock_open_invitation(
        work.session, work.actor.organization_id, invitation_id
    )
    if invitation is None:
        raise InvitationNotFound
    work.require(Permission.MANAGE_MEMBERS)
    invitation.revoked_at = utc_now()
    record_audit(work, "invitation.withdrawn", "invitation", invitation.id)


def preview_invitation(work: Work, secret: str) -> InvitationPreview:
    invitation = queries.find_invitation_by_token(work.session, hash_of(secret))
    if invitation is None:
        raise InvitationNotFound
    organization = queries.find_organization(work.session, invitation.organization_id)
    known = queries.find_user_by_email(work.session, invitation.email) if invitation.email else None
    return InvitationPreview(
        invitation,
        organization_name=organization.name if organization else "",
        role_name=name_of_role(work.session, invitation.organization_id, invitation.custom_role_id),
        account_exists=known is not None,
    )


def accept_invitation(
    work: Work,
    secret: str,
    *,
    name: str | None,
    email: str | None,
    password: str,
    origin: Origin,
    former_secret: str | None = None,
) -> SignedIn:
    """Join the organisation: with a new account, or by the password of the one that exists.

    An invitation to an e-mail is for that e-mail, whatever is sent; an open one is for the
    e-mail that is sent. The session that this browser had before ends.

    Raises InvitationNotFound, EmailRequired, NameRequired, PasswordTooWeak, WrongCredentials,
    TooManyAttempts, AlreadyMember, AccountJustMade.
    """
    invitation = queries.find_invitation_by_token(work.session, hash_of(secret), lock=True)
    if invitation is None:
        raise InvitationNotFound
    email = invitation.email or email
    if email is None:
        raise EmailRequired(errors=[{"field": "email", "message": EmailRequired.message}])
    user = _person_who_accepts(work, email, name, password, origin)
    if queries.find_membership(work.session, invitation.organization_id, user.id):
        raise AlreadyMember
    grant = grant_of(
        work.session, invitation.organization_id, invitation.role, invitation.custom_role_id
    )
    membership = Membership(organization_id=invitation.organization_id, user_id=user.id)
    membership.take(grant)
    work.session.add(membership)
    invitation.accepted_at, invitation.accepted_by = utc_now(), user.id
    work.session.flush()
    if invitation.team_id is not None:
        join_team(work.session, invitation.organization_id, invitation.team_id, user.id)
    actor = membership.actor
    record_audit(
        work,
        "invitation.accepted",
        "invitation",
        invitation.id,
        {"email": email, **role_details(grant)},
        actor=actor,
    )
    notify(
        work.acting_as(actor),
        invitation.invited_by,
        NotificationKind.INVITATION_ACCEPTED,
        object_id=invitation.id,
        text=f"{user.name} ({email})",
    )
    if former_secret is not None:
        end_session_of_secret(work, former_secret)
    return open_session(work, actor, origin)


def _person_who_accepts(
    work: Work, email: str, name: str | None, password: str, origin: Origin
) -> User:
    if queries.find_user_by_email(work.session, email) is not None:
        return verify_person(work, email, password, origin)
    if name is None:
        raise NameRequired(errors=[{"field": "name", "message": NameRequired.message}])
    check_new_password(password, email)
    return create_person(work.session, work.settings, email=email, name=name, password=password)
