"""What can be wrong with a project.

MaskwrightError
├── NotFound     ProjectNotFound
└── Conflict     ProjectArchived, ProjectNotArchived
"""

from maskwright.kernel.errors import Conflict, NotFound


class ProjectNotFound(NotFound):
    message = "There is no such project, or you have no access to it."


class ProjectArchived(Conflict):
    message = "This project is archived. Make it active again to go on working in it."


class ProjectNotArchived(Conflict):
    message = "Archive the project first: only an archived project can be deleted."
