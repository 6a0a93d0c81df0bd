"""Attachments on the wire."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, Field

from maskwright.assets.attachments.service import attachment_resource
from maskwright.assets.domain import AttachmentKind, AttachmentRole
from maskwright.assets.models import Attachment
from maskwright.settings import Settings
from maskwright.storage.signing import signer_of


class AttachmentOut(BaseModel):
    id: UUID
    asset_id: UUID | None
    class_id: UUID | None = Field(description="of a class's reference image")
    kind: AttachmentKind = Field(description="decided from the bytes")
    role: AttachmentRole
    name: str
    media_type: str
    byte_size: int
    created_at: datetime
    url: str = Field(description="signed; an HTML page is to be shown in a sandboxed frame")

    @classmethod
    def of(cls, settings: Settings, attachment: Attachment) -> "AttachmentOut":
        query = signer_of(settings).query(attachment_resource(attachment.id))
        return cls(
            id=attachment.id,
            asset_id=attachment.asset_id,
            class_id=attachment.class_id,
            kind=attachment.kind,
            role=attachment.role,
            name=attachment.name,
            media_type=attachment.media_type,
            byte_size=attachment.byte_size,
            created_at=attachment.created_at,
            url=f"/api/v1/attachments/{attachment.id}/file?{query}",
        )


class AttachmentsOut(BaseModel):
    items: list[AttachmentOut]

    @classmethod
    def of(cls, settings: Settings, attachments: Sequence[Attachment]) -> "AttachmentsOut":
        return cls(items=[AttachmentOut.of(settings, each) for each in attachments])
