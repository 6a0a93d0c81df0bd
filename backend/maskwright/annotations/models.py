"""Labels, their append-only versions, their objects, masks, and drafts."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from maskwright.annotations.domain import Origin, VersionKind
from maskwright.db.base import (
    Base,
    Identified,
    TenantByParent,
    Timestamped,
    tenant_key,
    tenant_reference,
    text_enum,
)


class Mask(Identified, Timestamped, TenantByParent, Base):
    """An immutable mask, stored once per asset however many versions refer to it. `counts` is the
    compressed COCO string, deflated; `bbox` is x, y, width, height in pixels.

    The id is made from asset and content (see `annotations.masks`), so that a mask that is there
    already needs no looking up. The asset is checked by a trigger (see decision 24)."""

    __tablename__ = "mask"

    asset_id: Mapped[UUID]
    sha256: Mapped[bytes]
    counts: Mapped[bytes]
    area: Mapped[int] = mapped_column(sa.BigInteger)
    bbox: Mapped[list[int]] = mapped_column(ARRAY(sa.Integer))


class Label(Identified, Timestamped, TenantByParent, Base):
    """One person's (or one model's) work on one asset in one round.

    Its task (and so its project and its asset), author and model are checked by a trigger, once for
    each statement that adds labels: see decision 24."""

    __tablename__ = "label"
    __table_args__ = (
        tenant_key(),
        sa.UniqueConstraint("task_id", "author_id", "round"),
        # Nobody's: what people agreed on, or ground truth that nobody had to label.
        sa.Index(
            "uq_label_nobodys",
            "task_id",
            "round",
            unique=True,
            postgresql_where=sa.text("author_id IS NULL AND model_id IS NULL AND NOT is_gold"),
        ),
        sa.Index(
            "uq_label_of_model",
            "model_id",
            "asset_id",
            unique=True,
            postgresql_where=sa.text("model_id IS NOT NULL"),
        ),
        sa.Index("ix_label_asset_id", "asset_id"),
        sa.Index("ix_label_project_id_author_id", "project_id", "author_id"),
        sa.Index("ix_label_gold", "project_id", "author_id", postgresql_where=sa.text("is_gold")),
        # Of one image and round, a person's label counts once, whatever was submitted at once:
        # that is what makes k opinions those of k people.
        sa.Index(
            "uq_label_counting_author",
            "asset_id",
            "author_id",
            "round",
            unique=True,
            postgresql_where=sa.text("current_version_id IS NOT NULL"),
        ),
    )

    project_id: Mapped[UUID]
    asset_id: Mapped[UUID]
    task_id: Mapped[UUID]
    author_id: Mapped[UUID | None]
    model_id: Mapped[UUID | None] = mapped_column(doc="whose predictions these are")
    round: Mapped[int] = mapped_column(server_default="1")
    current_version_id: Mapped[UUID | None] = mapped_column(
        doc="the version that counts for this label: its newest submitted or reviewed one"
    )
    is_gold: Mapped[bool] = mapped_column(
        server_default=sa.false(),
        doc="an answer to a gold task, or the expected one: no version ever counts",
    )


class LabelVersion(Identified, Timestamped, TenantByParent, Base):
    """One saved state of a label; never changed afterwards.

    Its label (and so its asset) and author are checked by a trigger, as those of labels are."""

    __tablename__ = "label_version"
    __table_args__ = (
        tenant_key(),
        sa.UniqueConstraint("label_id", "number"),
        sa.Index("ix_label_version_asset_id_id", "asset_id", "id"),
        sa.Index("ix_label_version_author_id_id", "author_id", "id"),
    )

    label_id: Mapped[UUID]
    asset_id: Mapped[UUID]
    number: Mapped[int]
    kind: Mapped[VersionKind] = mapped_column(text_enum(VersionKind, is_checked=False))
    origin: Mapped[Origin] = mapped_column(text_enum(Origin, is_checked=False))
    author_id: Mapped[UUID | None]
    parent_id: Mapped[UUID | None]
    lease_id: Mapped[UUID | None]
    ontology_version: Mapped[int]
    active_ms: Mapped[int] = mapped_column(sa.BigInteger, server_default="0")
    image_attributes: Mapped[dict[str, Any]] = mapped_column(
        JSONB, server_default=sa.text("'{}'"), doc="answers about the image as a whole"
    )
    object_count: Mapped[int] = mapped_column(server_default="0")


class _ObjectColumns:
    """What an object carries, in a version and in a draft alike."""

    key: Mapped[UUID] = mapped_column(primary_key=True, doc="made by the client, stable")
    class_id: Mapped[UUID]
    layer: Mapped[int] = mapped_column(server_default="0")
    order: Mapped[int] = mapped_column(server_default="0")
    mask_id: Mapped[UUID]
    attributes: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=sa.text("'{}'"))
    provenance: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=sa.text("'{}'"))
    relationships: Mapped[list[Any]] = mapped_column(
        JSONB, server_default=sa.text("'[]'"), doc="how this object stands to others of its label"
    )


class LabelObject(_ObjectColumns, TenantByParent, Base):
    """One object of one version.

    Its version, class and mask are checked by a trigger, once for each statement that adds objects,
    and the mask of a draft's object likewise: see decision 24."""

    __tablename__ = "label_object"
    __table_args__ = (sa.Index("ix_label_object_class_id", "class_id"),)

    version_id: Mapped[UUID] = mapped_column(primary_key=True)


class Draft(TenantByParent, Base):
    """Unfinished work of one label: what autosave writes to. It outlives leases; a submit
    empties it."""

    __tablename__ = "draft"
    __table_args__ = (
        tenant_reference("label", "label_id"),
        tenant_reference("task", "task_id"),
        sa.Index("ix_draft_unfinished", "author_id", "project_id"),
    )

    label_id: Mapped[UUID] = mapped_column(primary_key=True)
    project_id: Mapped[UUID]
    task_id: Mapped[UUID]
    author_id: Mapped[UUID] = mapped_column(sa.ForeignKey("user_account.id"))
    version: Mapped[int] = mapped_column(server_default="0", doc="rises with every save")
    ontology_version: Mapped[int]
    active_ms: Mapped[int] = mapped_column(sa.BigInteger, server_default="0")
    image_attributes: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=sa.text("'{}'"))
    last_seq: Mapped[dict[str, Any]] = mapped_column(
        JSONB, server_default=sa.text("'{}'"), doc="client id → the last sequence taken in"
    )
    saved_at: Mapped[datetime] = mapped_column(server_default=sa.func.clock_timestamp())


class DraftObject(_ObjectColumns, TenantByParent, Base):
    """One object of a draft."""

    __tablename__ = "draft_object"
    __table_args__ = (
        sa.ForeignKeyConstraint(["label_id"], ["draft.label_id"], ondelete="CASCADE"),
        tenant_reference("ontology_class", "class_id"),
    )

    label_id: Mapped[UUID] = mapped_column(primary_key=True)
