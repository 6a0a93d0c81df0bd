"""How long processes had a processor, by the scheduler's own account.

On a machine that others use as well, throughput says how much of it was left. This says what a
request costs.
"""

from collections.abc import Mapping
from urllib.parse import urlsplit

import psutil
import psycopg

Account = Mapping[int, float]
"""Seconds by process."""


def account(process: psutil.Process) -> Account:
    """How long it and its children had a processor since each began, all their threads together."""
    return {each.pid: _seconds(each) for each in (process, *process.children())}


def milliseconds(before: Account, after: Account) -> float:
    """What was spent in between by those that are there still."""
    return sum(spent - before.get(pid, 0) for pid, spent in after.items() if spent) * 1000


def server_at(address: str) -> psutil.Process:
    """The child of ours that listens at this address."""
    port = urlsplit(address).port
    for child in psutil.Process().children(recursive=True):
        if any(
            connection.status == psutil.CONN_LISTEN and connection.laddr.port == port
            for connection in child.net_connections("inet")
        ):
            return child
    raise LookupError(f"Nobody listens at {address}.")


def postgres_of(database_url: str) -> psutil.Process:
    """The server whose children answer connections to this database."""
    with psycopg.connect(database_url) as connection:
        server = psutil.Process(connection.info.backend_pid).parent()
    if server is None:
        raise LookupError("The server of this database runs on another machine.")
    return server


def _seconds(process: psutil.Process) -> float:
    """0 for a process that ended meanwhile. Threads that ended count: a server's come and go."""
    try:
        spent = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return float(spent.user + spent.system)
