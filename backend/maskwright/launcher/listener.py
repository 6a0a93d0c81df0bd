"""The listening socket of the API, opened before anything else is started.

The supervisor keeps it open: a port in use is noticed at once, and while the API is started again
after a crash, browsers wait in the queue of the socket instead of being refused.
"""

import errno
import socket

from maskwright.launcher.errors import LaunchError, PortInUse

_BACKLOG = 1024


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens at `host` and `port`; raises PortInUse or LaunchError."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except socket.gaierror as error:
        raise LaunchError(f"The host {host!r} can't be listened on: {error.strerror}.") from error
    listener = socket.socket(family, kind, protocol)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(address)
        listener.listen(_BACKLOG)
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            raise PortInUse(
                f"Port {port} of {host} is in use by another program: stop it, or set "
                "MASKWRIGHT_PORT to another port."
            ) from error
        raise LaunchError(f"Can't listen on {host}, port {port}: {error.strerror}.") from error
    return listener


def browser_address(listener: socket.socket) -> str:
    """The URL to open on this machine; a wildcard address is reached through the loopback."""
    host, port = listener.getsockname()[:2]
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared only
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
