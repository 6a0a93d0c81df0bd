"""Handing work to the Celery workers, by name: the service never imports `workers`."""

from typing import Protocol

#: `default`: short jobs. `images`: renditions and tiles. `exports`: long ones.
QUEUES = ("default", "images", "exports")


class JobQueue(Protocol):
    """Where background work is put. Call it through `Work.enqueue`, after the commit."""

    def send(self, name: str, arguments: dict[str, object], *, queue: str = "default") -> None:
        """Hand over one job. `arguments` are JSON values; `name` is the task's Celery name."""
