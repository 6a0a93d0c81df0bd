"""What is written to people about what concerns them."""

from collections.abc import Sequence
from datetime import timedelta

from maskwright.accounts.service import actor_of_member, language_of
from maskwright.kernel.errors import MaskwrightError
from maskwright.mail import service as mail
from maskwright.mail.domain import Letter, Order, Say, Template, words_in
from maskwright.notifications import queries
from maskwright.notifications.domain import NotificationKind
from maskwright.notifications.queries import NotificationRow
from maskwright.notifications.service import as_seen, unsubscribe_token
from maskwright.work import Work

#: The day's letter is written so long after the first thing that it tells.
DIGEST_AGE = timedelta(days=1)

_K = NotificationKind
_SENTENCES: dict[NotificationKind, str] = {
    _K.SENT_BACK: "{sender} sent {asset} back to you.",
    _K.ANSWERED: "{sender} answered your question about {asset}.",
    _K.REPLIED: "{sender} replied on {asset}.",
    _K.ASKED: "{sender} asks about {asset}.",
    _K.PAUSED: "Work on {project} is paused. What you drew is kept.",
    _K.PERSON_PAUSED: "You are paused in {project}. What you drew is kept.",
    _K.PERSON_RESUMED: "You can go on with {project}.",
    _K.QUALITY_RULE: "A rule of quality was met in {project}.",
    _K.EXPORT_READY: "Your export from {project} is ready.",
    _K.EXPORT_FAILED: "Your export from {project} failed.",
    _K.IMPORT_FAILED: "Images of {project} could not be read.",
    _K.BATCH_DONE: "A batch of {project} is done.",
    _K.DEADLINE: "A batch of {project} will miss its deadline.",
    _K.INVITATION_ACCEPTED: "{sender} accepted your invitation.",
}
_PAGES: dict[NotificationKind, str] = {
    _K.SENT_BACK: "/projects/{project_id}/label",
    _K.ANSWERED: "/projects/{project_id}/label",
    _K.REPLIED: "/projects/{project_id}/data?asset={asset_id}",
    _K.ASKED: "/projects/{project_id}/reviews",
    _K.PAUSED: "/projects/{project_id}",
    _K.PERSON_PAUSED: "/projects/{project_id}",
    _K.PERSON_RESUMED: "/projects/{project_id}/label",
    _K.QUALITY_RULE: "/projects/{project_id}/quality",
    _K.EXPORT_READY: "/projects/{project_id}/exports",
    _K.EXPORT_FAILED: "/projects/{project_id}/exports",
    _K.IMPORT_FAILED: "/projects/{project_id}/data",
    _K.BATCH_DONE: "/projects/{project_id}/queue",
    _K.DEADLINE: "/projects/{project_id}/queue",
    _K.INVITATION_ACCEPTED: "/team",
}


def notification_letter(work: Work, order: Order) -> Letter | None:
    """About one thing; nothing where it is gone, or its person is."""
    row = queries.find(work.session, order.subject_id)
    if row is None:
        return None
    seen = _as_seen_by(work, order, [row])
    if not seen:
        return None
    [row] = seen
    kind = NotificationKind(row.kind)
    site = mail.site_of(work.settings)
    language = _language(work, order)
    say = words_in(language)
    sentence = sentence_of(row, say)
    said = (row.text,) if row.text else ()
    return Letter(
        subject=sentence,
        paragraphs=(sentence, *said),
        action=(say("Open in Maskwright"), site + _page_of(row)),
        footnotes=(say("You get this letter because you work with Maskwright."),),
        unsubscribe=f"{site}/unsubscribe/{_token(work, order, kind)}",
        language=language,
    )


def digest_letter(work: Work, order: Order) -> Letter | None:
    """About all that a day brought and was not read meanwhile."""
    rows = _as_seen_by(work, order, queries.of_digest(work.session, order.subject_id))
    if not rows:
        return None
    site = mail.site_of(work.settings)
    language = _language(work, order)
    say = words_in(language)
    lines = tuple(f"{sentence_of(row, say)}\n{row.text}".strip() for row in rows)
    one, many = "1 thing in Maskwright", "{count} things in Maskwright"
    return Letter(
        subject=say(one) if len(rows) == 1 else say(many, count=len(rows)),
        paragraphs=lines,
        action=(say("Open Maskwright"), site),
        footnotes=(say("You get this letter at most once a day."),),
        unsubscribe=f"{site}/unsubscribe/{_token(work, order, None)}",
        language=language,
    )


def sentence_of(row: NotificationRow, say: Say) -> str:
    return say(
        _SENTENCES[NotificationKind(row.kind)],
        sender=row.sender_name or say("Somebody"),
        asset=row.asset_name or say("an image"),
        project=row.project_name or say("a project"),
    )


def _language(work: Work, order: Order) -> str | None:
    return None if order.user_id is None else language_of(work.session, order.user_id)


def post_due_digests(work: Work) -> int:
    """Have the day's letters sent to whom they are due; how many that were."""
    if not mail.is_on(work.settings):
        return 0
    due = queries.due_digests(work.session, DIGEST_AGE)
    for organization_id, user_id, address in due:
        newest_id = queries.bind_digest(work.session, organization_id, user_id)
        if newest_id is not None:
            mail.post(
                work,
                Template.DIGEST,
                newest_id,
                address,
                organization_id=organization_id,
                user_id=user_id,
            )
    return len(due)


def _as_seen_by(work: Work, order: Order, rows: Sequence[NotificationRow]) -> list[NotificationRow]:
    """With the names that the letter's reader sees; nothing where he belongs there no more."""
    if order.organization_id is None or order.user_id is None:
        return []
    actor = actor_of_member(work.session, order.organization_id, order.user_id)
    if actor is None:
        return []
    try:
        return as_seen(work.acting_as(actor), rows)
    except MaskwrightError:  # the project went
        return []


def _page_of(row: NotificationRow) -> str:
    page = _PAGES[NotificationKind(row.kind)]
    return page.format(project_id=row.project_id or "", asset_id=row.asset_id or "")


def _token(work: Work, order: Order, kind: NotificationKind | None) -> str:
    if order.user_id is None:
        raise LookupError("A notification's letter is to nobody.")
    return unsubscribe_token(work, order.user_id, kind)
