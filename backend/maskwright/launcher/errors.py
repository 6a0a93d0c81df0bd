"""What can keep the stack from starting.

LaunchError
├── DataFolderError   the data folder can't be used
├── PortInUse         somebody else listens where we want to
└── ChildFailed       a program that everything else needs does not start
"""


class LaunchError(Exception):
    """One clear sentence for the person at the terminal; never a traceback."""


class DataFolderError(LaunchError):
    """The data folder can't be used."""


class PortInUse(LaunchError):
    """Somebody else listens where we want to."""


class ChildFailed(LaunchError):
    """A program that everything else needs does not start."""
