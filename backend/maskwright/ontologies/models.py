"""Versions of a project's ontology, and the classes' identities, which outlive versions."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from maskwright.db.base import (
    Base,
    Identified,
    Tenant,
    Timestamped,
    tenant_key,
    tenant_reference,
)


class OntologyVersion(Identified, Timestamped, Tenant, Base):
    """One saved ontology, never changed: labels refer to the version they were made with."""

    __tablename__ = "ontology_version"
    __table_args__ = (
        tenant_reference("project", "project_id"),
        sa.UniqueConstraint("project_id", "version"),
    )

    project_id: Mapped[UUID]
    version: Mapped[int]
    tree: Mapped[list[Any]] = mapped_column(JSONB)
    image_attributes: Mapped[list[Any]] = mapped_column(
        JSONB, server_default=sa.text("'[]'"), doc="asked of the image as a whole"
    )
    relations: Mapped[list[Any]] = mapped_column(
        JSONB, server_default=sa.text("'[]'"), doc="how objects may stand to each other"
    )
    created_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("user_account.id"))


class OntologyClass(Identified, Timestamped, Tenant, Base):
    """The identity of a class across versions. `index` is the small integer that exports use
    (COCO category id, PNG value): given once, never used again for another class."""

    __tablename__ = "ontology_class"
    __table_args__ = (
        tenant_key(),
        tenant_reference("project", "project_id"),
        sa.UniqueConstraint("project_id", "index"),
    )

    project_id: Mapped[UUID]
    index: Mapped[int]
    name: Mapped[str] = mapped_column(doc="as in the last version that had it")
    retired_at_version: Mapped[int | None]
