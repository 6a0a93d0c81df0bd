"""`/invitations`, and setting a password anew."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from maskwright.accounts.domain import LineStatus
from maskwright.accounts.routes import signed_in_answer
from maskwright.accounts.schemas import (
    BulkInvitationsIn,
    BulkInvitationsOut,
    BulkLineOut,
    InvitationAccept,
    InvitationCreate,
    InvitationOut,
    InvitationPreviewOut,
    MeOut,
    NewInvitationOut,
    OrganizationNameOut,
    ResendIn,
    ResetAskIn,
    ResetIn,
    ResetPreviewOut,
)
from maskwright.accounts.service import bulk_invitations, invitations, resets
from maskwright.accounts.service.bulk_invitations import Line, Wanted
from maskwright.accounts.service.invitations import NewInvitation
from maskwright.http.authentication import credentials_from, origin_of
from maskwright.http.dependencies import CurrentWork, Cursor, Limit, PublicWork
from maskwright.http.problems import ErrorType, Problem
from maskwright.http.routing import work_router
from maskwright.kernel.paging import Page, decode_cursor
from maskwright.work import Work

PROBLEMS: dict[ErrorType, Problem] = {}

_account = work_router(tags=["account"])
_organization = work_router(tags=["organization"])


@_organization.get("/invitations")
def list_invitations(
    work: CurrentWork, cursor: Cursor = None, limit: Limit = 50
) -> Page[InvitationOut]:
    """Those that can still be accepted."""
    rows = invitations.list_invitations(work, after=decode_cursor(cursor), limit=limit)
    letters = invitations.letters_about(work, rows)
    return Page[InvitationOut].of(
        rows,
        limit,
        shape=lambda row: InvitationOut.of(*row, letters.get(row[0].id)),
        id_of=lambda row: row[0].id,
    )


@_organization.post("/invitations", status_code=201)
def create_invitation(
    work: CurrentWork, body: InvitationCreate, request: Request
) -> NewInvitationOut:
    """Make a link with which one person can join. It is shown this once."""
    made = invitations.invite(
        work,
        email=body.email,
        role=body.role,
        custom_role_id=body.custom_role_id,
        team_id=body.team_id,
        days=body.expires_in_days,
    )
    return _new_invitation(work, request, made)


@_organization.delete("/invitations/{invitation_id}", status_code=204)
def revoke_invitation(work: CurrentWork, invitation_id: UUID) -> None:
    invitations.withdraw_invitation(work, invitation_id)


@_organization.post("/invitations/bulk")
def invite_many(work: CurrentWork, body: BulkInvitationsIn, request: Request) -> BulkInvitationsOut:
    """Invite everybody of a pasted list; each line is checked by itself and told what became of
    it."""
    wanted = Wanted(body.role, body.custom_role_id, body.team_id, body.expires_in_days)
    lines = bulk_invitations.invite_many(work, body.text, wanted, only_check=body.only_check)
    good = (LineStatus.READY, LineStatus.INVITED)
    return BulkInvitationsOut(
        invited=sum(line.status in good for line in lines),
        items=[_line(work, request, line) for line in lines],
    )


@_organization.post("/invitations/{invitation_id}/resend")
def resend_invitation(
    work: CurrentWork, invitation_id: UUID, body: ResendIn, request: Request
) -> NewInvitationOut:
    """Renew it, send its link again where it names an e-mail, and show the link once more."""
    made = invitations.resend_invitation(work, invitation_id, days=body.expires_in_days)
    return _new_invitation(work, request, made)


@_account.get("/invitations/by-token/{token}")
def get_invitation_by_token(work: PublicWork, token: str) -> InvitationPreviewOut:
    """What an invitation is for; needs nothing but its link."""
    preview = invitations.preview_invitation(work, token)
    return InvitationPreviewOut(
        organization=OrganizationNameOut(name=preview.organization_name),
        email=preview.invitation.email,
        role=preview.invitation.role,
        role_name=preview.role_name,
        expires_at=preview.invitation.expires_at,
        account_exists=preview.account_exists,
    )


@_account.post("/invitations/by-token/{token}/accept")
def accept_invitation(
    work: PublicWork, token: str, body: InvitationAccept, request: Request, response: Response
) -> MeOut:
    """Join with a new account, or with the password of the one that exists; signs in."""
    signed_in = invitations.accept_invitation(
        work,
        token,
        name=body.name,
        email=body.email,
        password=body.password,
        origin=origin_of(request),
        former_secret=credentials_from(request).session_secret,
    )
    return signed_in_answer(work, response, signed_in)


@_account.post("/password-resets", status_code=202)
def ask_for_password_reset(work: PublicWork, body: ResetAskIn, request: Request) -> None:
    """Have a link sent with which a new password can be set. The answer is the same whether there
    is such an account or not."""
    resets.ask_for_reset(work, body.email, origin_of(request))


@_account.get("/password-resets/by-token/{reset_token}")
def get_password_reset(work: PublicWork, reset_token: str) -> ResetPreviewOut:
    """Whose password the link is for; needs nothing but the link."""
    return ResetPreviewOut(email=resets.email_of(work, reset_token))


@_account.post("/password-resets/by-token/{reset_token}", status_code=204)
def reset_password(work: PublicWork, reset_token: str, body: ResetIn) -> None:
    """Set the new password. All sessions of the person end; sign in with it."""
    resets.reset_password(work, reset_token, body.password)


def _new_invitation(work: Work, request: Request, made: NewInvitation) -> NewInvitationOut:
    return NewInvitationOut(
        **InvitationOut.of(made.invitation, made.invited_by).model_dump(),
        url=_link(work, request, made),
        is_mailed=made.is_mailed,
    )


def _link(work: Work, request: Request, made: NewInvitation) -> str:
    site = work.settings.security.public_url or str(request.base_url)
    return f"{site.rstrip('/')}/invitations/{made.secret}"


def _line(work: Work, request: Request, line: Line) -> BulkLineOut:
    made = line.made
    return BulkLineOut(
        line=line.person.line,
        said=line.person.said,
        email=line.person.email,
        status=line.status,
        role=line.role,
        custom_role_id=line.custom_role_id,
        team_id=line.team_id,
        invitation_id=None if made is None else made.invitation.id,
        url=None if made is None else _link(work, request, made),
        is_mailed=made is not None and made.is_mailed,
    )


router = APIRouter()
router.include_router(_account)
router.include_router(_organization)
