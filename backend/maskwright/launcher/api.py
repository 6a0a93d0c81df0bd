"""Serves the API with uvicorn: on an address, or on a socket that a supervisor opened."""

import gc
import socket
from pathlib import Path

import uvicorn

from maskwright.launcher.gate import wait_at
from maskwright.launcher.joined_writes import JoiningProtocol
from maskwright.logs import configure_logging
from maskwright.settings import Settings

_BACKEND = Path(__file__).parents[1]
_APPLICATION = "maskwright.main:create_app"
# Open event streams never end by themselves; after this they are cut, and browsers reconnect.
_GRACEFUL_SECONDS = 3
# Longer than a labeler is silent between two autosaves, and than proxies keep their connections.
_KEEP_ALIVE_SECONDS = 75


class _Server(uvicorn.Server):
    """Sets up the process that serves: with reload, that is a fresh one each time."""

    def run(self, sockets: list[socket.socket] | None = None) -> None:
        configure_logging(Settings())
        super().run(sockets)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        # What is there now stays: the collector need not go through it again and again.
        gc.collect()
        gc.freeze()


def serve(
    settings: Settings,
    *,
    listener_fd: int | None = None,
    gate_fd: int | None = None,
    reload: bool = False,
) -> None:
    """Serve until a signal ends us.

    listener_fd  a listening socket that we inherited, in place of the host and port that are set
    gate_fd      the gate to wait at once all is imported: until then the database may be missing
    reload       start anew whenever the code changes
    """
    config = uvicorn.Config(
        _APPLICATION,
        factory=True,
        host=settings.host,
        port=settings.port,
        fd=listener_fd,
        http=JoiningProtocol,
        access_log=False,  # requests are logged by our own middleware, with their ids
        log_config=None,
        log_level="warning",
        server_header=False,
        forwarded_allow_ips=settings.trusted_proxies,
        timeout_graceful_shutdown=_GRACEFUL_SECONDS,
        timeout_keep_alive=_KEEP_ALIVE_SECONDS,
        reload=reload,
        reload_dirs=[str(_BACKEND)] if reload else None,
    )
    server = _Server(config)
    if not reload:  # else a child of ours imports it, again and again
        config.load()
    if gate_fd is not None:
        wait_at(gate_fd)
    if reload:
        from uvicorn.supervisors import ChangeReload  # noqa: PLC0415 - development only

        ChangeReload(config, target=server.run, sockets=[config.bind_socket()]).run()
    elif listener_fd is not None:
        with socket.socket(fileno=listener_fd) as listener:
            server.run(sockets=[listener])
    else:
        server.run()
