"""What other slices say to the events: that something about a project changed."""

from uuid import UUID

from maskwright.events.announcer import Announcer
from maskwright.events.people import PeopleHub
from maskwright.work import Resources, Work


def project_changed(work: Work, project_id: UUID) -> None:
    """Tell everybody who watches the project, once this work is committed."""
    resources = work.resources
    work.after_commit(lambda: announce_change(resources, project_id))


def announce_change(resources: Resources, project_id: UUID) -> None:
    """The same at once, for what was committed without a `Work`."""
    resources.part(Announcer).announce(project_id)


def people_hub(resources: Resources) -> PeopleHub:
    """Where the pages of this process wait for what their people are told."""
    return resources.part(PeopleHub)


def tell_person(resources: Resources, user_id: UUID) -> None:
    """Wake the pages of somebody who was told something; call it once that is committed."""
    resources.part(Announcer).announce_person(user_id)
