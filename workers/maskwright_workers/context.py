"""What a worker process shares between its jobs, and how a job opens its unit of work."""

from functools import cache
from uuid import UUID

from maskwright.accounts.domain import Actor, Role
from maskwright.quality.service.onlooking import use_quality
from maskwright.resources import open_resources
from maskwright.settings import Settings
from maskwright.work import Resources, Work


@cache
def resources() -> Resources:
    """Opened when this process first needs them: connections don't survive the worker's fork."""
    opened = open_resources(Settings())
    use_quality(opened)
    return opened


def close_resources() -> None:
    """Close what this process opened, if it opened anything."""
    if resources.cache_info().currsize:
        resources().close()
        resources.cache_clear()


def work_for(organization_id: UUID | str) -> Work:
    """Unopened work that acts for an organisation, on behalf of no person.

    with work_for(organization_id) as work:
        service.do_something(work, ...)
    """
    actor = Actor(organization_id=UUID(str(organization_id)), role=Role.OWNER)
    return Work(resources(), authenticate=lambda session: actor)


def work_for_all() -> Work:
    """Unopened work that acts for nobody: for sweeps over all organisations."""
    return Work(resources(), authenticate=lambda session: None)
