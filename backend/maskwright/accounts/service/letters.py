"""What is written to people about their accounts."""

from maskwright.accounts import queries, reset_queries
from maskwright.accounts.bearer_secrets import hash_of
from maskwright.accounts.service.invitations import secret_of
from maskwright.accounts.service.preferences import language_of, language_of_address
from maskwright.accounts.service.resets import token_of
from maskwright.mail import service as mail
from maskwright.mail.domain import Letter, Order, words_in
from maskwright.work import Work


def invitation_letter(work: Work, order: Order) -> Letter | None:
    """Nothing where the invitation was used, withdrawn or is over."""
    secret = secret_of(work.settings, order.subject_id)
    invitation = queries.find_invitation_by_token(work.session, hash_of(secret))
    if invitation is None:
        return None
    organization = queries.find_organization(work.session, invitation.organization_id)
    inviter = queries.find_user(work.session, invitation.invited_by)
    # Who has no account yet has chosen no language: then it is that of who invites.
    language = language_of_address(work.session, order.address)
    if language is None and inviter is not None:
        language = language_of(work.session, inviter.id)
    say = words_in(language)
    name = organization.name if organization else say("an organisation")
    who = inviter.name if inviter else say("Somebody")
    site = mail.site_of(work.settings)
    return Letter(
        subject=say("{who} invites you to {name}", who=who, name=name),
        paragraphs=(
            say(
                "{who} invites you to work on image labels with {name}, in Maskwright.",
                who=who,
                name=name,
            ),
            say(
                "The link works until {end} UTC, and once.",
                end=f"{invitation.expires_at:%Y-%m-%d, %H:%M}",
            ),
        ),
        action=(say("Accept the invitation"), f"{site}/invitations/{secret}"),
        footnotes=(
            say("If you do not know what this is about, do nothing: nothing happens then."),
        ),
        language=language,
    )


def password_reset_letter(work: Work, order: Order) -> Letter | None:
    """Nothing where there is no such account: only here is that looked up."""
    reset = reset_queries.find_open(work.session, order.subject_id)
    user = queries.find_user_by_email(work.session, order.address)
    if reset is None or user is None or user.disabled_at is not None:
        return None
    site = mail.site_of(work.settings)
    language = language_of(work.session, user.id)
    say = words_in(language)
    return Letter(
        subject=say("Set a new password"),
        paragraphs=(
            say("Hello {name},", name=user.name),
            say("somebody asked to set a new password for your account. Was it you?"),
            say("The link below lets you choose one. It works for an hour, and once."),
        ),
        action=(
            say("Choose a new password"),
            f"{site}/reset-password/{token_of(work.settings, reset.id)}",
        ),
        footnotes=(say("If it was not you, do nothing: your password stays as it is."),),
        language=language,
    )
