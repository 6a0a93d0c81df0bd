"""What can be wrong with an export.

MaskwrightError
├── NotFound      ExportNotFound
├── Conflict      ExportNotReady, ExportAlreadyFinished
└── InvalidInput  ExportFilterInvalid

Within a run: ExportStopped, which is no failure.
"""

from maskwright.kernel.errors import Conflict, InvalidInput, NotFound


class ExportNotFound(NotFound):
    message = "There is no such export, or you have no access to it."


class ExportNotReady(Conflict):
    """`state` tells where it stands."""

    message = "This export has no file to download."


class ExportAlreadyFinished(Conflict):
    message = "This export has already ended; there is nothing to cancel."


class ExportFilterInvalid(InvalidInput):
    """`errors` names the fields."""

    message = "The filter names something that this project does not have."


class ExportStopped(Exception):
    """The run lost its export: it was cancelled or deleted, or another worker took it over."""
