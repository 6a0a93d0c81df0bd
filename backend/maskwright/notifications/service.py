"""Telling people what concerns them, on the page and by e-mail, and what they were told."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from uuid import UUID

from maskwright.accounts.domain import Permission
from maskwright.events.service import tell_person
from maskwright.kernel.derived_secrets import derived_secret, is_derived_secret
from maskwright.kernel.errors import NotFound
from maskwright.mail import service as mail
from maskwright.mail.domain import Template
from maskwright.notifications import queries
from maskwright.notifications.domain import DEFAULTS, Choice, MailMode, NotificationKind
from maskwright.notifications.queries import NotificationRow
from maskwright.projects.service import is_seen
from maskwright.work import Work
from maskwright.workforce.service.sight import Sight, sight_of

_SHOWN = 50
_TEXT_SHOWN = 300
_UNSUBSCRIBE = "unsubscribe"


def notify(
    work: Work,
    user_id: UUID | None,
    kind: NotificationKind,
    *,
    text: str = "",
    project_id: UUID | None = None,
    asset_id: UUID | None = None,
    object_id: UUID | None = None,
    once: bool = False,
) -> None:
    """Tell somebody, in the transaction of what he is told of: the one is not kept without the
    other. Nobody is told of what he did himself. How he is told (on the page, by a letter at
    once, in the day's letter, not at all) is his choice per kind.

    text  what was said, or the name of what it is about
    once  not while he has not read what he was told of the same before
    """
    sender_id = work.actor.user_id
    if user_id is None or user_id == sender_id:
        return
    usual = DEFAULTS[kind]
    written = queries.write(
        work.session,
        organization=work.actor.organization_id,
        user=user_id,
        project=project_id,
        asset=asset_id,
        object=object_id,
        kind=kind.value,
        sender=sender_id,
        text=text[:_TEXT_SHOWN],
        on_page=usual.on_page,
        mail=usual.mail.value,
        once=once,
    )
    if written is None:
        return
    work.after_commit(partial(tell_person, work.resources, user_id))
    if written.mail is MailMode.EACH:
        mail.post(
            work,
            Template.NOTIFICATION,
            written.id,
            written.address,
            organization_id=work.actor.organization_id,
            user_id=user_id,
        )


def notify_all(
    work: Work,
    permissions: Permission | frozenset[Permission],
    kind: NotificationKind,
    *,
    text: str = "",
    project_id: UUID | None = None,
    asset_id: UUID | None = None,
    object_id: UUID | None = None,
    once: bool = False,
) -> None:
    """The same for everybody of the organisation who has this permission, or one of these."""
    wanted = frozenset({permissions}) if isinstance(permissions, Permission) else permissions
    work.session.flush()
    for user_id, allowed in queries.members(work.session, work.actor.organization_id, project_id):
        if wanted & allowed:
            notify(
                work,
                user_id,
                kind,
                text=text,
                project_id=project_id,
                asset_id=asset_id,
                object_id=object_id,
                once=once,
            )


# Looking


def list_notifications(work: Work) -> Sequence[NotificationRow]:
    """The caller's newest ones, the newest first."""
    actor = work.require_somewhere(Permission.VIEW_PROJECT)
    rows = queries.newest(work.session, actor.organization_id, actor.person_id, _SHOWN)
    return as_seen(work, rows)


def as_seen(work: Work, rows: Sequence[NotificationRow]) -> list[NotificationRow]:
    """With the names of those covered whom the actor does not see."""
    sights: dict[UUID, Sight] = {}
    seen = []
    for row in rows:
        if row.project_id is not None and not is_seen(work.actor_in(row.project_id)):
            continue
        if row.project_id is not None and row.project_id not in sights:
            sights[row.project_id] = sight_of(work, row.project_id)
        sight = sights.get(row.project_id) if row.project_id else None
        covered = row if sight is None else sight.cover(row, ("sender_id", "sender_name"))
        seen.append(_naming_whose_work_it_is(covered))
    return seen


def _naming_whose_work_it_is(row: NotificationRow) -> NotificationRow:
    """Who met a rule stands before its name: put there when it is known who reads it."""
    if row.kind != NotificationKind.QUALITY_RULE or row.sender_name is None:
        return row
    return replace(row, text=f"{row.sender_name}: {row.text}", sender_id=None, sender_name=None)


def mark_read(work: Work, up_to: UUID) -> None:
    """The caller has seen this one and all before it; his other pages are told."""
    actor = work.require_somewhere(Permission.VIEW_PROJECT)
    queries.mark_read(work.session, actor.organization_id, actor.person_id, up_to)
    work.after_commit(partial(tell_person, work.resources, actor.person_id))


# Choosing


def choices_of(work: Work) -> dict[NotificationKind, Choice]:
    """How the caller is told of each kind."""
    return DEFAULTS | queries.choices(work.session, work.actor.person_id)


def choose(
    work: Work, kind: NotificationKind, *, on_page: bool | None, by_mail: MailMode | None
) -> None:
    """Set what is given and leave the rest."""
    choice = choices_of(work)[kind]
    if on_page is not None:
        choice = replace(choice, on_page=on_page)
    if by_mail is not None:
        choice = replace(choice, mail=by_mail)
    queries.choose(work.session, work.actor.person_id, kind, choice)


def unsubscribe_token(work: Work, user_id: UUID, kind: NotificationKind | None) -> str:
    """What stands in a letter's link: whoever has the letter may end its kind, and do nothing
    else. Without a kind it ends the day's letter."""
    what = kind.value if kind else MailMode.DIGEST.value
    return f"{user_id}.{what}.{derived_secret(_key(work), _UNSUBSCRIBE, str(user_id), what)}"


def unsubscribe(work: Work, token: str) -> NotificationKind | None:
    """End letters of the kind that the token names: the kind, or None for the day's letter.
    Raises NotFound where we did not make the token."""
    person, _, rest = token.partition(".")
    what, _, secret = rest.partition(".")
    if not is_derived_secret(secret, _key(work), _UNSUBSCRIBE, person, what):
        raise NotFound
    user_id = UUID(person)
    chosen = DEFAULTS | queries.choices(work.session, user_id)
    if what == MailMode.DIGEST.value:
        for kind, choice in chosen.items():
            if choice.mail is MailMode.DIGEST:
                queries.choose(work.session, user_id, kind, replace(choice, mail=MailMode.OFF))
        return None
    kind = NotificationKind(what)
    queries.choose(work.session, user_id, kind, replace(chosen[kind], mail=MailMode.OFF))
    return kind


def _key(work: Work) -> str:
    return work.settings.security.secret_key.get_secret_value()
