"""A letter as a message: plain text, and the same as simple HTML."""

from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import formatdate
from html import escape

from maskwright.mail.domain import Letter, Order, words_in
from maskwright.settings import Settings

_SUBJECT_LENGTH = 150
_PARAGRAPH = '<p style="margin:0 0 16px">{}</p>'
_BUTTON = (
    '<p style="margin:24px 0"><a href="{address}" style="background:#1f5fbf;color:#ffffff;'
    'padding:10px 16px;border-radius:6px;text-decoration:none">{words}</a></p>'
    '<p style="margin:0 0 16px;color:#666666;font-size:13px">{address}</p>'
)
_PAGE = (
    '<!doctype html><html lang="{language}"><body style="margin:0;padding:24px;background:#f5f5f5">'
    '<div style="max-width:560px;margin:0 auto;padding:24px;background:#ffffff;color:#1a1a1a;'
    'font:15px/1.5 system-ui,sans-serif">{content}'
    '<hr style="border:0;border-top:1px solid #dddddd;margin:24px 0">'
    '<div style="color:#666666;font-size:13px">{foot}</div></div></body></html>'
)


def message_of(settings: Settings, order: Order, letter: Letter) -> EmailMessage:
    """Ready to be sent. Its Message-ID is the order's, whenever it is sent."""
    sender = settings.mail.mail_from
    message = EmailMessage()
    message["From"] = sender
    message["To"] = Address(addr_spec=order.address)
    # A header is one line, whatever an image is called.
    message["Subject"] = " ".join(letter.subject.split())[:_SUBJECT_LENGTH]
    message["Date"] = formatdate()
    message["Message-ID"] = f"<{order.id}@{sender.rpartition('@')[2].strip('<> ')}>"
    message["Auto-Submitted"] = "auto-generated"
    if letter.unsubscribe is not None:
        message["List-Unsubscribe"] = f"<{letter.unsubscribe}>"
    message.set_content(text_of(letter))
    message.add_alternative(html_of(letter), subtype="html")
    return message


def text_of(letter: Letter) -> str:
    parts = list(letter.paragraphs)
    if letter.action is not None:
        words, address = letter.action
        parts.append(f"{words}:\n{address}")
    foot = [*letter.footnotes]
    if letter.unsubscribe is not None:
        say = words_in(letter.language)
        foot.append(
            say("To get no more letters of this kind: {address}", address=letter.unsubscribe)
        )
    if foot:
        parts.append("-- \n" + "\n".join(foot))
    return "\n\n".join(parts) + "\n"


def html_of(letter: Letter) -> str:
    content = "".join(
        _PARAGRAPH.format(escape(paragraph).replace("\n", "<br>"))
        for paragraph in letter.paragraphs
    )
    if letter.action is not None:
        words, address = letter.action
        content += _BUTTON.format(words=escape(words), address=escape(address))
    foot = "<br>".join(escape(note) for note in letter.footnotes)
    if letter.unsubscribe is not None:
        words = escape(words_in(letter.language)("Get no more letters of this kind"))
        link = f'<a href="{escape(letter.unsubscribe)}">{words}</a>'
        foot = f"{foot}<br>{link}" if foot else link
    return _PAGE.format(content=content, foot=foot, language=escape(letter.language or "en"))
