"""What can go wrong with accounts.

MaskwrightError
├── Unauthenticated   WrongCredentials
├── Forbidden         CsrfFailed, BrowserSessionRequired, OwnersOnly, RoleTooPowerful,
│                     NoOrganization
├── NotFound          MemberNotFound, OrganizationNotFound, InvitationNotFound, TokenNotFound,
│                     AccountNotFound, RoleNotFound, ResetNotFound
├── Conflict          LastOwner, AlreadyMember, AccountJustMade, RoleInUse, RoleNameTaken
├── InvalidInput      EmailRequired, NameRequired, PasswordTooWeak, WrongCurrentPassword,
│                     ExpiryInPast, ExpiryTooFar
└── TooManyAttempts
"""

from maskwright.kernel.errors import (
    Conflict,
    Forbidden,
    InvalidInput,
    MaskwrightError,
    NotFound,
    Unauthenticated,
)


class WrongCredentials(Unauthenticated):
    """Says the same for an unknown e-mail and for a wrong password."""

    message = "The e-mail or the password is wrong."
    keeps_work = True  # the failed attempt is counted


class TooManyAttempts(MaskwrightError):
    message = "Too many attempts to sign in failed. Wait a while, then try again."


class CsrfFailed(Forbidden):
    message = "This page is out of date. Reload it and try again."


class BrowserSessionRequired(Forbidden):
    message = "Only a person signed in with a browser can do this; an API token can't."


class OwnersOnly(Forbidden):
    message = "Only an owner can make somebody an owner, or change or remove one."


class RoleTooPowerful(Forbidden):
    """`permissions` are those that the actor lacks himself."""

    message = "You can only give out, change or take away what you may do yourself."


class NoOrganization(Forbidden):
    message = "Your account belongs to no organisation any more. Ask for an invitation."


class MemberNotFound(NotFound):
    message = "There is no such member in your organisation."


class OrganizationNotFound(NotFound):
    message = "There is no such organisation, or you are not a member of it."


class InvitationNotFound(NotFound):
    message = (
        "This invitation is not valid: it was used, withdrawn, or it expired. Ask for another."
    )


class TokenNotFound(NotFound):
    message = "There is no such token, or it was revoked already."


class AccountNotFound(NotFound):
    message = "There is no account with this e-mail."


class RoleNotFound(NotFound):
    message = "There is no such role in your organisation."


class RoleInUse(Conflict):
    """`members` and `invitations` say how many."""

    message = "Somebody has this role, or is invited with it. Give those people another one first."


class RoleNameTaken(Conflict):
    message = "Another role has this name. Choose another one."


class ResetNotFound(NotFound):
    message = "This link was used, or it expired. Ask for another one on the page to sign in."


class OwnerEverywhere(Conflict):
    message = "An owner may do everything in every project. Make the person something else first."


class LastOwner(Conflict):
    message = "An organisation needs at least one owner. Make somebody else an owner first."


class AlreadyMember(Conflict):
    message = "This person is a member of the organisation already."


class AccountJustMade(Conflict):
    message = "An account with this e-mail was made a moment ago. Sign in with its password."


class EmailRequired(InvalidInput):
    message = "Enter the e-mail with which you want to sign in."


class NameRequired(InvalidInput):
    message = "Enter your name, so that others can see whose work is whose."


class PasswordTooWeak(InvalidInput):
    message = "Choose a password of at least 10 characters that is not your e-mail."


class WrongCurrentPassword(InvalidInput):
    message = "The current password is wrong. Nothing was changed."
    keeps_work = True  # the failed attempt is counted


class ExpiryInPast(InvalidInput):
    message = "The time of expiry has passed already."


class ExpiryTooFar(InvalidInput):
    message = "A token lasts a hundred years at most. Leave the expiry out for one that stays."
