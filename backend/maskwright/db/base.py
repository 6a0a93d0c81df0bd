"""The declarative base, and the columns and keys that most tables share."""

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

from maskwright.kernel.ids import new_id


class Base(DeclarativeBase):
    metadata = sa.MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: sa.DateTime(timezone=True),
        dict[str, Any]: JSONB,
        list[Any]: JSONB,
        bytes: sa.LargeBinary,
    }


class Identified:
    """A primary key made by us, so that an object has its id before it is written."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)


class Timestamped:
    created_at: Mapped[datetime] = mapped_column(server_default=sa.func.now())


class Tenant:
    """A row of one organisation. The organisation is part of every foreign key between tenants'
    tables, so that a row can't point into another organisation even where the code is wrong."""

    @declared_attr
    @classmethod
    def organization_id(cls) -> Mapped[UUID]:
        return mapped_column(sa.ForeignKey("organization.id"))


class TenantByParent:
    """A row of the organisation of the rows that it belongs to. Its foreign keys to them hold the
    organisation, so that one to the organisation itself would say nothing more, and on the tables
    that every submit writes to it is looked up for every row."""

    organization_id: Mapped[UUID]


def tenant_key() -> sa.UniqueConstraint:
    """What the foreign keys of other tenants' tables point to."""
    return sa.UniqueConstraint("organization_id", "id")


def tenant_reference(table: str, column: str, **options: Any) -> sa.ForeignKeyConstraint:
    """A foreign key to a row of the same organisation."""
    return sa.ForeignKeyConstraint(
        ["organization_id", column], [f"{table}.organization_id", f"{table}.id"], **options
    )


def text_enum(kind: type[StrEnum], *, is_checked: bool = True) -> sa.Enum:
    """An enum kept as text with a check: readable in SQL, and easy to extend in a migration.

    Not checked by itself where a function checks all words of a row (`are_words_of_task` and
    others): Postgres parses a check anew for every statement that writes, and a list is long."""
    return sa.Enum(
        kind,
        native_enum=False,
        length=32,
        create_constraint=is_checked,
        name=kind.__name__.lower(),
        values_callable=lambda members: [member.value for member in members],
    )
