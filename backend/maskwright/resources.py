"""Builds what one process (API or worker) shares between its requests or tasks."""

from celery import Celery
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from maskwright.db.session import Database
from maskwright.db.tables import all_tables
from maskwright.settings import Settings
from maskwright.storage.stores import open_blob_store
from maskwright.work import Resources

REDIS_TIMEOUT_SECONDS = 0.5


class CeleryJobQueue:
    """Sends jobs by name through Celery's producer; knows none of the tasks' code."""

    def __init__(self, broker_url: str) -> None:
        self._producer = Celery("maskwright-producer", broker=broker_url, set_as_current=False)
        self._producer.conf.update(
            task_serializer="json",
            accept_content=["json"],
            broker_connection_retry_on_startup=True,
            broker_transport_options={"socket_connect_timeout": 2, "socket_timeout": 2},
            task_publish_retry_policy={"max_retries": 1, "interval_start": 0.1},
        )

    def send(self, name: str, arguments: dict[str, object], *, queue: str = "default") -> None:
        self._producer.send_task(name, kwargs=arguments, queue=queue, ignore_result=True)


def open_resources(settings: Settings) -> Resources:
    """Connects lazily: nothing is contacted before it is first used."""
    all_tables()
    return Resources(
        settings=settings,
        database=Database(settings.database),
        redis=Redis.from_url(
            settings.redis.url,
            decode_responses=True,
            socket_timeout=REDIS_TIMEOUT_SECONDS,
            socket_connect_timeout=REDIS_TIMEOUT_SECONDS,
            # A dead Redis must cost a request nothing but one refused connection: hand-out goes
            # on through Postgres.
            retry=Retry(NoBackoff(), 0),
        ),
        blobs=open_blob_store(settings),
        jobs=CeleryJobQueue(settings.redis.url),
    )
