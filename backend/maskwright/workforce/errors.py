"""What can be wrong with teams and time.

MaskwrightError
├── NotFound        TeamNotFound
├── Conflict        TeamNameTaken, TeamArchived
└── InvalidInput    NotAMember, UnknownLeases
"""

from maskwright.kernel.errors import Conflict, InvalidInput, NotFound


class TeamNotFound(NotFound):
    message = "There is no such team, or you have no access to it."


class TeamNameTaken(Conflict):
    message = "Another team has this name. Choose another one."


class TeamArchived(Conflict):
    message = "This team is archived. Bring it back to change who belongs to it."


class NotAMember(InvalidInput):
    message = "Only members of your organisation can join a team. Invite them first."


class UnknownLeases(InvalidInput):
    message = "Some of this time was spent under leases that are not yours."
