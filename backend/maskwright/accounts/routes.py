"""`/session`, `/me`, `/organization`, `/members`, `/tokens`, `/audit`."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from maskwright.accounts.domain import Permission, SignedIn
from maskwright.accounts.errors import (
    AccountJustMade,
    AlreadyMember,
    BrowserSessionRequired,
    CsrfFailed,
    EmailRequired,
    LastOwner,
    NameRequired,
    NoOrganization,
    OwnersOnly,
    PasswordTooWeak,
    TooManyAttempts,
    WrongCredentials,
    WrongCurrentPassword,
)
from maskwright.accounts.schemas import (
    AccountOut,
    LedTeamOut,
    MemberOut,
    MeOut,
    MePatch,
    NamedOrganizationOut,
    NewTokenOut,
    OrganizationOut,
    OrganizationPatch,
    OrganizationSwitch,
    OwnOrganizationOut,
    Preferences,
    RolePatch,
    SignIn,
    TokenCreate,
    TokenOut,
)
from maskwright.accounts.service import (
    members,
    preferences,
    profile,
    sessions,
    tokens,
)
from maskwright.accounts.service.profile import Profile
from maskwright.http.authentication import (
    clear_session_cookie,
    credentials_from,
    origin_of,
    set_session_cookie,
)
from maskwright.http.dependencies import CurrentWork, Cursor, Limit, PublicWork
from maskwright.http.problems import ErrorType, Problem
from maskwright.http.routing import work_router
from maskwright.kernel.paging import Page, decode_cursor
from maskwright.work import Work

PROBLEMS: dict[ErrorType, Problem] = {
    WrongCredentials: Problem(401, "wrong-credentials"),
    TooManyAttempts: Problem(429, "too-many-attempts"),
    CsrfFailed: Problem(403, "csrf-failed"),
    BrowserSessionRequired: Problem(403, "browser-session-required"),
    OwnersOnly: Problem(403, "owners-only"),
    NoOrganization: Problem(403, "no-organization"),
    LastOwner: Problem(409, "last-owner"),
    AlreadyMember: Problem(409, "already-member"),
    AccountJustMade: Problem(409, "account-exists"),
    EmailRequired: Problem(422, "email-required"),
    NameRequired: Problem(422, "name-required"),
    PasswordTooWeak: Problem(422, "password-too-weak"),
    WrongCurrentPassword: Problem(422, "wrong-current-password"),
}

router = APIRouter()
_account = work_router(tags=["account"])
_organization = work_router(tags=["organization"])


@_account.post("/session")
def sign_in(work: PublicWork, body: SignIn, request: Request, response: Response) -> MeOut:
    """Sign in with a browser: sets the session's cookie. Scripts use an API token instead."""
    signed_in = sessions.sign_in(
        work,
        body.email,
        body.password,
        origin_of(request),
        former_secret=credentials_from(request).session_secret,
    )
    return signed_in_answer(work, response, signed_in)


@_account.delete("/session", status_code=204)
def sign_out(work: CurrentWork, response: Response) -> None:
    sessions.sign_out(work)
    clear_session_cookie(response, work.settings.security)


@_account.get("/me")
def get_me(work: CurrentWork) -> MeOut:
    """Who sends this, and what he may do."""
    return _me(profile.profile_of(work, work.actor))


@_account.patch("/me")
def change_me(work: CurrentWork, body: MePatch, request: Request, response: Response) -> MeOut:
    """Change one's name or password. A new password ends all other sessions."""
    signed_in = None
    if body.password is not None:
        # First, because a wrong password is counted, and what is counted is committed.
        signed_in = profile.change_password(
            work, body.password.current, body.password.new, origin_of(request)
        )
    if body.name is not None:
        profile.change_name(work, body.name)
    if signed_in is None:
        return _me(profile.profile_of(work, work.actor))
    return signed_in_answer(work, response, signed_in)


@_account.get("/me/preferences")
def get_preferences(work: CurrentWork) -> Preferences:
    """How one likes to work, on whichever computer."""
    return Preferences.model_validate(preferences.preferences_of(work))


@_account.patch("/me/preferences")
def change_preferences(work: CurrentWork, body: Preferences) -> Preferences:
    """Set some of one's preferences; null brings back what is usual."""
    changes = body.model_dump(mode="json", exclude_unset=True)
    return Preferences.model_validate(preferences.change_preferences(work, changes))


@_account.post("/me/organization")
def switch_organization(
    work: CurrentWork, body: OrganizationSwitch, request: Request, response: Response
) -> MeOut:
    """Look at another organisation that one belongs to."""
    signed_in = profile.switch_organization(work, body.organization_id, origin_of(request))
    return signed_in_answer(work, response, signed_in)


@_organization.get("/organization")
def get_organization(work: CurrentWork) -> OrganizationOut:
    return OrganizationOut.of(members.current_organization(work, Permission.VIEW_PROJECT))


@_organization.patch("/organization")
def rename_organization(work: CurrentWork, body: OrganizationPatch) -> OrganizationOut:
    return OrganizationOut.of(members.rename_organization(work, body.name))


@_organization.get("/members")
def list_members(work: CurrentWork, cursor: Cursor = None, limit: Limit = 50) -> Page[MemberOut]:
    rows = members.list_members(work, after=decode_cursor(cursor), limit=limit)
    return Page[MemberOut].of(rows, limit, shape=MemberOut.of, id_of=lambda row: row[1].id)


@_organization.patch("/members/{user_id}")
def change_member_role(work: CurrentWork, user_id: UUID, body: RolePatch) -> MemberOut:
    return MemberOut.of(members.change_role(work, user_id, body.role, body.custom_role_id))


@_organization.delete("/members/{user_id}", status_code=204)
def remove_member(work: CurrentWork, user_id: UUID) -> None:
    """Ends the person's sessions and API tokens here. What he labeled stays."""
    members.remove_member(work, user_id)


@_account.get("/tokens")
def list_tokens(work: CurrentWork, cursor: Cursor = None, limit: Limit = 50) -> Page[TokenOut]:
    """One's own API tokens, newest first."""
    rows = tokens.list_tokens(work, after=decode_cursor(cursor), limit=limit)
    return Page[TokenOut].of(rows, limit, shape=TokenOut.of, id_of=lambda token: token.id)


@_account.post("/tokens", status_code=201)
def create_token(work: CurrentWork, body: TokenCreate) -> NewTokenOut:
    """Make an API token; it is shown this once. It may do what its scopes and one's role allow."""
    token, secret = tokens.make_token(
        work, name=body.name, scopes=body.scopes, expires_at=body.expires_at
    )
    return NewTokenOut(**TokenOut.of(token).model_dump(), token=secret)


@_account.delete("/tokens/{token_id}", status_code=204)
def revoke_token(work: CurrentWork, token_id: UUID) -> None:
    tokens.revoke_token(work, token_id)


def signed_in_answer(work: Work, response: Response, signed_in: SignedIn) -> MeOut:
    set_session_cookie(response, work.settings.security, signed_in.secret)
    return _me(profile.profile_of(work, signed_in.actor))


def _me(me: Profile) -> MeOut:
    return MeOut(
        user=AccountOut(id=me.user.id, name=me.user.name, email=me.user.email),
        organization=NamedOrganizationOut(id=me.organization.id, name=me.organization.name),
        role=me.actor.role,
        role_name=me.organization.role_name,
        permissions=sorted(me.actor.permissions),
        csrf_token=me.csrf_token,
        organizations=[
            OwnOrganizationOut(id=o.id, name=o.name, role=o.role, role_name=o.role_name)
            for o in me.organizations
        ],
        leads=[LedTeamOut(id=team_id, name=name) for team_id, name in me.leads],
    )


# Included last: an `include_router` takes the routes that are there at that moment.
router.include_router(_account)
router.include_router(_organization)
