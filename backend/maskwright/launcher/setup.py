"""Brings the database to where the API can start. `python -m maskwright.launcher.setup`

Run by the supervisor before the API, each time: every step does nothing where it was done.
"""

import sys

from maskwright.db.migrations import upgrade_to_head
from maskwright.settings import Settings


def run(settings: Settings) -> None:
    upgrade_to_head(settings.database.sqlalchemy_url)


if __name__ == "__main__":
    run(Settings())
    sys.exit(0)
