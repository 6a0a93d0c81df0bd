"""What is written to people about their accounts."""

from maskwright.accounts import queries, reset_queries
from maskwright.accounts.bearer_secrets import hash_of
from maskwright.accounts.service.invitations import secret_of
from maskwright.accounts.service.resets import token_of
from maskwright.mail import service as mail
from maskwright.mail.domain import Letter, Order
from maskwright.work import Work


def invitation_letter(work: Work, order: Order) -> Letter | None:
    """Nothing where the invitation was used, withdrawn or is over."""
    secret = secret_of(work.settings, order.subject_id)
    invitation = queries.find_invitation_by_token(work.session, hash_of(secret))
    if invitation is None:
        return None
    organization = queries.find_organization(work.session, invitation.organization_id)
    inviter = queries.find_user(work.session, invitation.invited_by)
    name = organization.name if organization else "an organisation"
    who = inviter.name if inviter else "Somebody"
    site = mail.site_of(work.settings)
    return Letter(
        subject=f"{who} invites you to {name}",
        paragraphs=(
            f"{who} invites you to work on image labels with {name}, in Maskwright.",
            f"The link works until {invitation.expires_at:%d %B %Y, %H:%M} UTC, and once.",
        ),
        action=("Accept the invitation", f"{site}/invitations/{secret}"),
        footnotes=("If you do not know what this is about, do nothing: nothing happens then.",),
    )


def password_reset_letter(work: Work, order: Order) -> Letter | None:
    """Nothing where there is no such account: only here is that looked up."""
    reset = reset_queries.find_open(work.session, order.subject_id)
    user = queries.find_user_by_email(work.session, order.address)
    if reset is None or user is None or user.disabled_at is not None:
        return None
    site = mail.site_of(work.settings)
    return Letter(
        subject="Set a new password",
        paragraphs=(
            f"Hello {user.name},",
            "somebody asked to set a new password for your account. Was it you?",
            "The link below lets you choose one. It works for an hour, and once.",
        ),
        action=(
            "Choose a new password",
            f"{site}/reset-password/{token_of(work.settings, reset.id)}",
        ),
        footnotes=("If it was not you, do nothing: your password stays as it is.",),
    )
