"""Workflows and verdicts."""

from datetime import datetime
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
    text_enum,
)
from maskwright.reviews.domain import Decision, Method


class ProjectWorkflow(Tenant, Base):
    """What follows a label that is handed in. `version` rises with every change."""

    __tablename__ = "project_workflow"
    __table_args__ = (tenant_reference("project", "project_id"),)

    project_id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    steps: Mapped[list[Any]]
    overlap: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    changed_by: Mapped[UUID] = mapped_column(sa.ForeignKey("user_account.id"))
    changed_at: Mapped[datetime] = mapped_column(server_default=sa.func.clock_timestamp())


class ReviewVerdict(Identified, Timestamped, Tenant, Base):
    """What a reviewer decided about a version. Append-only."""

    __tablename__ = "review_verdict"
    __table_args__ = (
        tenant_key(),
        tenant_reference("project", "project_id"),
        tenant_reference("asset", "asset_id"),
        tenant_reference("task", "review_task_id"),
        tenant_reference("task", "label_task_id"),
        tenant_reference("label_version", "subject_version_id"),
        tenant_reference("label_version", "result_version_id"),
        sa.UniqueConstraint("lease_id"),
        sa.Index("ix_review_verdict_label_task_id_id", "label_task_id", "id"),
        sa.Index("ix_review_verdict_asset_id_id", "asset_id", "id"),
        sa.Index("ix_review_verdict_project_id_id", "project_id", "id"),
        sa.Index("ix_review_verdict_author_id_id", "author_id", "id"),
    )

    project_id: Mapped[UUID]
    asset_id: Mapped[UUID]
    review_task_id: Mapped[UUID]
    label_task_id: Mapped[UUID]
    lease_id: Mapped[UUID | None] = mapped_column(doc="none where many were approved at once")
    step: Mapped[int]
    round: Mapped[int]
    reviewer_id: Mapped[UUID] = mapped_column(sa.ForeignKey("user_account.id"))
    author_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("user_account.id"))
    decision: Mapped[Decision] = mapped_column(text_enum(Decision))
    comment: Mapped[str] = mapped_column(server_default="")
    subject_version_id: Mapped[UUID]
    result_version_id: Mapped[UUID | None]


class ImageConsensus(Timestamped, Tenant, Base):
    """What several people's labels of an image came to. Written once, when the last of them was
    handed in."""

    __tablename__ = "image_consensus"
    __table_args__ = (
        tenant_reference("project", "project_id"),
        tenant_reference("asset", "asset_id"),
        tenant_reference("label_version", "version_id"),
        sa.Index("ix_image_consensus_project_id_asset_id", "project_id", "asset_id"),
    )

    asset_id: Mapped[UUID] = mapped_column(primary_key=True)
    project_id: Mapped[UUID]
    version_id: Mapped[UUID]
    people: Mapped[int]
    method: Mapped[Method] = mapped_column(text_enum(Method))
    agreement: Mapped[float]
    kappa: Mapped[float]
    disputed_share: Mapped[float]
    disputed_counts: Mapped[bytes] = mapped_column(doc="the disputed pixels, as `mask.counts`")
    tied_px: Mapped[int] = mapped_column(sa.BigInteger)
    ties: Mapped[list[Any]] = mapped_column(
        JSONB, server_default=sa.text("'[]'"), doc="questions whose answer no majority decided"
    )


class ConsensusOpinion(Tenant, Base):
    """How near one person's label came to the consensus."""

    __tablename__ = "consensus_opinion"
    __table_args__ = (
        sa.ForeignKeyConstraint(["asset_id"], ["image_consensus.asset_id"], ondelete="CASCADE"),
        tenant_reference("project", "project_id"),
        tenant_reference("label_version", "version_id"),
        sa.Index("ix_consensus_opinion_project_id_person_id", "project_id", "person_id"),
    )

    asset_id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("user_account.id"), primary_key=True)
    project_id: Mapped[UUID]
    version_id: Mapped[UUID]
    iou: Mapped[float]
    is_regional: Mapped[bool] = mapped_column(
        server_default=sa.false(), doc="he was asked about a region, and is compared in it"
    )


class ConsensusClass(Tenant, Base):
    """How far people agreed on the objects of a class in an image."""

    __tablename__ = "consensus_class"
    __table_args__ = (
        sa.ForeignKeyConstraint(["asset_id"], ["image_consensus.asset_id"], ondelete="CASCADE"),
        tenant_reference("project", "project_id"),
        tenant_reference("ontology_class", "class_id"),
        sa.Index("ix_consensus_class_project_id", "project_id"),
    )

    asset_id: Mapped[UUID] = mapped_column(primary_key=True)
    class_id: Mapped[UUID] = mapped_column(primary_key=True)
    project_id: Mapped[UUID]
    things: Mapped[int] = mapped_column(doc="different ones that anybody drew")
    iou: Mapped[float]
    kappa: Mapped[float]


class ConsensusPair(Tenant, Base):
    """How far two people agreed about an image; `one_id` is the smaller id."""

    __tablename__ = "consensus_pair"
    __table_args__ = (
        sa.ForeignKeyConstraint(["asset_id"], ["image_consensus.asset_id"], ondelete="CASCADE"),
        tenant_reference("project", "project_id"),
        sa.Index("ix_consensus_pair_project_id", "project_id"),
    )

    asset_id: Mapped[UUID] = mapped_column(primary_key=True)
    one_id: Mapped[UUID] = mapped_column(sa.ForeignKey("user_account.id"), primary_key=True)
    other_id: Mapped[UUID] = mapped_column(sa.ForeignKey("user_account.id"), primary_key=True)
    project_id: Mapped[UUID]
    iou: Mapped[float]
    is_regional: Mapped[bool] = mapped_column(
        server_default=sa.false(), doc="one of them, or both, were asked about a region"
    )
