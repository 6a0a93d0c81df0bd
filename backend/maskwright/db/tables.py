"""Every table, for whoever needs to know all of them: migrations, and each process that writes.

A foreign key can be followed only where both its ends were imported. The API imports all slices
for their routes; a worker imports those that it works for, and would learn at its first insert
that a table which another one refers to is unknown to it.
"""

from importlib import import_module
from pkgutil import iter_modules

import sqlalchemy as sa

import maskwright
from maskwright.db.base import Base


def all_tables() -> sa.MetaData:
    """The schema, after importing the models of every slice."""
    for slice_ in iter_modules(maskwright.__path__, "maskwright."):
        if slice_.ispkg and _has_models(slice_.name):
            import_module(f"{slice_.name}.models")
    return Base.metadata


def _has_models(package: str) -> bool:
    return any(module.name == "models" for module in iter_modules(import_module(package).__path__))
