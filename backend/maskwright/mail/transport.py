"""Where letters go: to an SMTP server, or into a folder.

`smtps://` speaks TLS from the first byte. `smtp://` turns to TLS before anything is said, and
refuses a server that can't, unless it is on this machine: a password does not travel in the clear.
"""

import smtplib
import ssl
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from maskwright.settings import Settings

_TIMEOUT_SECONDS = 20.0
_PORTS = {"smtp": 587, "smtps": 465}
_FOLDER = "mail"

#: What a delivery raises where it did not come off; OSError is the network's and the disk's.
DELIVERY_ERRORS = (smtplib.SMTPException, OSError, ValueError)


def is_open(settings: Settings) -> bool:
    """Whether there is a server, or a folder."""
    return bool(_address(settings)) or _folder(settings) is not None


def deliver(settings: Settings, message: EmailMessage) -> None:
    """Raises one of DELIVERY_ERRORS."""
    folder = _folder(settings)
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        name = str(message["Message-ID"]).strip("<>").partition("@")[0]
        (folder / f"{name}.eml").write_bytes(message.as_bytes())
        return
    address = urlsplit(_address(settings))
    with _connected(address) as server:
        if address.username:
            server.login(unquote(address.username), unquote(address.password or ""))
        server.send_message(message)


def _connected(address: SplitResult) -> smtplib.SMTP:
    if address.scheme not in _PORTS or not address.hostname:
        raise ValueError("MASKWRIGHT_SMTP_URL is not smtp://… or smtps://….")
    host, port = address.hostname, address.port or _PORTS[address.scheme]
    context = ssl.create_default_context()
    if address.scheme == "smtps":
        return smtplib.SMTP_SSL(host, port, timeout=_TIMEOUT_SECONDS, context=context)
    server = smtplib.SMTP(host, port, timeout=_TIMEOUT_SECONDS)
    server.ehlo()
    if server.has_extn("starttls"):
        server.starttls(context=context)
    elif not _is_this_machine(host):
        server.close()
        raise ValueError(f"{host} offers no TLS: letters are not sent in the clear.")
    return server


def _is_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _address(settings: Settings) -> str:
    return settings.mail.smtp_url.get_secret_value()


def _folder(settings: Settings) -> Path | None:
    """Letters are files where that was asked for, and in development without a server."""
    address = _address(settings)
    asked = address.startswith("file:")
    if asked or (not address and settings.security.environment == "development"):
        named = address.removeprefix("file:").removeprefix("//")
        return Path(named) if named else settings.home / _FOLDER
    return None
