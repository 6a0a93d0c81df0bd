"""What other slices say to the events: that something about a project changed."""

from uuid import UUID

from maskwright.events.announcer import Announcer
from maskwright.work import Resources, Work


def project_changed(work: Work, project_id: UUID) -> None:
    """Tell everybody who watches the project, once this work is committed."""
    resources = work.resources
    work.after_commit(lambda: announce_change(resources, project_id))


def announce_change(resources: Resources, project_id: UUID) -> None:
    """The same at once, for what was committed without a `Work`."""
    resources.part(Announcer).announce(project_id)
