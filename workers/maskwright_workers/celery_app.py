"""The Celery application: where jobs come from, and how they are run.

    maskwright worker        or        celery -A maskwright_workers.celery_app worker

The database tells what there is to do; a message only says that it is time to look. A job may
therefore be delivered twice (a worker died, a message became visible again) or be lost with Redis:
tasks are idempotent, and the sweep in `maintenance` sends again what the database still waits for.

Every module of this package that is not part of this wiring holds tasks, and is found by itself.
Such modules import heavy libraries (torch, scikit-image) inside their tasks, not at their top.
"""

import pkgutil

import structlog
from celery import Celery, Task
from celery.signals import setup_logging, task_prerun, worker_process_shutdown, worker_ready
from kombu.entity import Exchange, Queue
from kombu.exceptions import OperationalError
from redis import Redis, RedisError

import maskwright_workers
from maskwright.kernel.jobs import QUEUES
from maskwright.kernel.log_context import begin_log_context
from maskwright.logs import configure_logging
from maskwright.settings import Settings
from maskwright_workers.context import close_resources

SWEEP_TASK = "maintenance.sweep"
SWEEP_SECONDS = 60
_WIRING = ("celery_app", "context")

log = structlog.get_logger(__name__)
settings = Settings()


def task_modules() -> list[str]:
    """The modules of this package that hold tasks."""
    return [
        f"maskwright_workers.{module.name}"
        for module in pkgutil.iter_modules(maskwright_workers.__path__)
        if not module.ispkg and module.name not in _WIRING
    ]


app = Celery("maskwright", broker=settings.redis.url, include=task_modules())
app.conf.update(
    # Only JSON crosses the broker: who can write to Redis must not be able to run code here.
    accept_content=["json"],
    task_serializer="json",
    result_serializer="json",
    task_ignore_result=True,  # results stand in Postgres
    task_default_queue="default",
    # Each with an exchange of its own: on a shared one, every queue would get every job.
    task_queues=[Queue(name, Exchange(name), routing_key=name) for name in QUEUES],
    task_create_missing_queues=False,
    # A job is done when it has been done, not when it has been fetched.
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
    worker_cancel_long_running_tasks_on_connection_loss=True,
    broker_connection_retry_on_startup=True,
    broker_transport_options={
        # Longer than any job: one that takes longer would be delivered a second time.
        "visibility_timeout": 6 * 3600,
        "socket_keepalive": True,
        "health_check_interval": 30,
    },
    worker_max_memory_per_child=800_000,  # KiB; a child that grew beyond it is replaced
    worker_enable_remote_control=False,
    worker_send_task_events=False,
    timezone="UTC",
)


@setup_logging.connect
def _configure_logging(**_: object) -> None:
    configure_logging(settings)


@task_prerun.connect
def _name_the_job(task_id: str, task: Task, **_: object) -> None:
    begin_log_context(job=task.name, job_id=task_id)


@worker_process_shutdown.connect
def _close_resources(**_: object) -> None:
    close_resources()


@worker_ready.connect
def _sweep_regularly(sender: object, **_: object) -> None:
    """Ask for a sweep once a minute. A timer of the worker's own loop does what a beat process
    would, without the process; with several workers, a key in Redis lets one of them ask."""
    redis = Redis.from_url(settings.redis.url)

    def ask() -> None:
        try:
            if redis.set("maintenance:asked", 1, nx=True, ex=SWEEP_SECONDS - 1):
                app.send_task(SWEEP_TASK, queue="default", expires=SWEEP_SECONDS)
        except (RedisError, OperationalError):
            log.warning("sweep_not_asked_for", reason="Redis is away; the next minute tries again")

    ask()
    sender.timer.call_repeatedly(SWEEP_SECONDS, ask)  # type: ignore[attr-defined]  # the Consumer
