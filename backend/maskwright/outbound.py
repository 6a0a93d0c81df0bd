"""The one way out: fetching what a person named by its address, without being led astray.

A server that fetches any address is a door into the network that it stands in. So: http and https
only; hosts on the list where there is a list; every address that a name resolves to must be a
public one, or of a network that the settings open; the connection goes to the very address that
was looked at, so that a name can't change its meaning in between; each redirect is looked at the
same way; bytes and time are bounded. Proxies of the environment are not used.

Source: OWASP, Server-Side Request Forgery Prevention Cheat Sheet.
"""

import http.client
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Protocol
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

from maskwright.settings import FetchSettings

Address = IPv4Address | IPv6Address

_CHUNK_BYTES = 256 * 1024
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_NAT64 = IPv6Network("64:ff9b::/96")
_AGENT = "Maskwright"


class FetchRefused(Exception):
    """The address may not be fetched; the sentence says why."""


class FetchFailed(Exception):
    """It may be, and could not; the sentence says why."""


class Sink(Protocol):
    def write(self, chunk: bytes) -> None: ...


@dataclass(frozen=True, slots=True)
class Fetched:
    """What was fetched in the end.

    name   the last part of its path
    size   bytes
    """

    name: str
    size: int


def fetch(url: str, sink: Sink, settings: FetchSettings, *, max_bytes: int) -> Fetched:
    """Write what is behind `url` to `sink`; what exceeds `max_bytes` is not read.

    Raises  FetchRefused, FetchFailed
    """
    ends_at = time.monotonic() + settings.total_seconds
    for _ in range(settings.redirects + 1):
        address = _checked(url, settings)
        ip = _resolved(address, settings)
        try:
            with closing(_connect(address, ip, settings)) as connection:
                found = _answer_of(connection, address)
                if found.status in _REDIRECTS:
                    url = _next_url(url, found)
                    continue
                size = _copy(found, sink, ends_at=ends_at, max_bytes=max_bytes)
        except (OSError, http.client.HTTPException) as error:
            raise FetchFailed(f"{address.hostname} could not be read: {_word(error)}.") from error
        return Fetched(unquote(address.path.rpartition("/")[2]), size)
    raise FetchFailed(f"There were more than {settings.redirects} redirects.")


def _checked(url: str, settings: FetchSettings) -> SplitResult:
    try:
        address = urlsplit(url)
        _ = address.port  # raises where it is no port
    except ValueError as error:
        raise FetchRefused("This is no address of an image.") from error
    if address.scheme not in ("http", "https") or not address.hostname:
        raise FetchRefused("Only http and https addresses are fetched.")
    if address.username is not None or address.password is not None:
        raise FetchRefused("An address with a password in it is not fetched.")
    if any(ord(character) <= 32 or ord(character) == 127 for character in url):
        raise FetchRefused("An address has no spaces in it; they are written as %20.")
    hosts = settings.allowed_hosts
    if hosts and not any(_matches(address.hostname, pattern) for pattern in hosts):
        raise FetchRefused(f"{address.hostname} is not on this server's list of hosts.")
    return address


def _matches(host: str, pattern: str) -> bool:
    """`*.example.com` is every host below it, and not itself."""
    if pattern.startswith("*."):
        return host.endswith(pattern[1:])
    return host == pattern


def _resolved(address: SplitResult, settings: FetchSettings) -> Address:
    """The address to connect to; all that the name resolves to must be allowed, so that none of
    them is a way around."""
    host = address.hostname or ""
    try:
        found = socket.getaddrinfo(host, _port(address), type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchFailed(f"{host} was not found.") from error
    ips = [ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]
    if not ips:
        raise FetchFailed(f"{host} was not found.")
    for ip in ips:
        if not _is_allowed(ip, settings):
            raise FetchRefused(f"{host} is in a private network, which is not fetched from.")
    return ips[0]


def _is_allowed(ip: Address, settings: FetchSettings) -> bool:
    networks = [ip_network(text) for text in settings.opened_networks]
    return any(each in network for each in (ip, *_inner(ip)) for network in networks) or all(
        each.is_global and not each.is_multicast for each in (ip, *_inner(ip))
    )


def _inner(ip: Address) -> Iterator[Address]:
    """The IPv4 address that an IPv6 address stands for, by any of the ways there are."""
    if isinstance(ip, IPv4Address):
        return
    if ip.ipv4_mapped is not None:
        yield ip.ipv4_mapped
    if ip.sixtofour is not None:
        yield ip.sixtofour
    if ip.teredo is not None:
        yield from ip.teredo
    if ip in _NAT64:
        yield IPv4Address(int(ip) & 0xFFFFFFFF)


def _port(address: SplitResult) -> int:
    return address.port or (443 if address.scheme == "https" else 80)


def _connect(
    address: SplitResult, ip: Address, settings: FetchSettings
) -> http.client.HTTPConnection:
    """A connection to `ip` that speaks to `address.hostname`, whose certificate is checked."""
    host, port = address.hostname or "", _port(address)
    connection = http.client.HTTPConnection(host, port, timeout=settings.silent_seconds)
    raw = socket.create_connection((str(ip), port), timeout=settings.silent_seconds)
    if address.scheme == "https":
        try:
            raw = ssl.create_default_context().wrap_socket(raw, server_hostname=host)
        except BaseException:
            raw.close()
            raise
    connection.sock = raw
    return connection


def _answer_of(
    connection: http.client.HTTPConnection, address: SplitResult
) -> http.client.HTTPResponse:
    target = (address.path or "/") + (f"?{address.query}" if address.query else "")
    headers = {"User-Agent": _AGENT, "Accept": "image/*, */*;q=0.5", "Accept-Encoding": "identity"}
    try:
        connection.request("GET", target, headers=headers)
    except (http.client.InvalidURL, UnicodeError) as error:
        raise FetchRefused("This is no address of an image.") from error
    return connection.getresponse()


def _next_url(url: str, found: http.client.HTTPResponse) -> str:
    location = found.getheader("Location")
    if not location:
        raise FetchFailed("It redirects to nowhere.")
    following = urljoin(url, location)
    if url.startswith("https:") and not following.startswith("https:"):
        raise FetchRefused("It redirects from https to something else.")
    return following


def _copy(found: http.client.HTTPResponse, sink: Sink, *, ends_at: float, max_bytes: int) -> int:
    if found.status != http.client.OK:
        raise FetchFailed(f"The server there answered {found.status} {found.reason}.")
    if found.getheader("Content-Encoding", "identity").lower() not in ("", "identity"):
        raise FetchFailed("The server there packs its answer, which nobody asked for.")
    size = 0
    while chunk := found.read1(_CHUNK_BYTES):
        size += len(chunk)
        if size > max_bytes:
            raise FetchFailed(f"It is larger than {max_bytes} bytes.")
        if time.monotonic() > ends_at:
            raise FetchFailed("It took too long.")
        sink.write(chunk)
    if found.length:
        raise FetchFailed("The connection ended before the image did.")
    return size


def _word(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "it did not answer in time"
    if isinstance(error, ssl.SSLError):
        return "its certificate is not valid"
    return type(error).__name__
