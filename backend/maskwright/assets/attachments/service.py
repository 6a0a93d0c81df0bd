"""Who may attach what, see it, and take it away again."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from maskwright.accounts.audit import record_audit
from maskwright.accounts.domain import Permission
from maskwright.assets.attachments import queries
from maskwright.assets.attachments.kinds import attached_file
from maskwright.assets.attachments.receive import ReceivedAttachment
from maskwright.assets.domain import AttachmentKind, AttachmentRole
from maskwright.assets.errors import (
    AttachmentMalformed,
    AttachmentNotFound,
    AttachmentRefused,
    LinkInvalid,
    TooManyAttachments,
)
from maskwright.assets.models import Attachment
from maskwright.assets.names import file_name
from maskwright.assets.service import require_asset
from maskwright.assets.service.files import Signature
from maskwright.kernel.clock import utc_now
from maskwright.kernel.ids import new_id
from maskwright.ontologies.service import class_rows
from maskwright.projects.service import require_active_project, require_project
from maskwright.storage.signing import signer_of
from maskwright.work import Work

MAX_PER_SUBJECT = 50


@dataclass(frozen=True, slots=True)
class Subject:
    """What a file goes with: an asset, a class, or with neither the project's instructions."""

    project_id: UUID
    asset_id: UUID | None = None
    class_id: UUID | None = None


def asset_subject(work: Work, asset_id: UUID) -> Subject:
    """An image to which the actor may attach something."""
    asset = require_asset(work, asset_id, Permission.IMPORT_DATA)
    require_active_project(work, asset.project_id, Permission.IMPORT_DATA)
    return _with_room(work, Subject(asset.project_id, asset_id=asset.id))


def class_subject(work: Work, project_id: UUID, class_id: UUID) -> Subject:
    """A class to which the actor may add a reference image."""
    project = require_active_project(work, project_id, Permission.EDIT_ONTOLOGY)
    if all(row.id != class_id for row in class_rows(work.session, project.id)):
        raise AttachmentNotFound("The project's ontology has no such class.")
    return _with_room(work, Subject(project.id, class_id=class_id))


def project_subject(work: Work, project_id: UUID) -> Subject:
    """A project whose instructions the actor writes."""
    project = require_active_project(work, project_id, Permission.MANAGE_PROJECTS)
    return _with_room(work, Subject(project.id))


def attach(work: Work, subject: Subject, received: ReceivedAttachment) -> Attachment:
    """Keep a received file; raises what is wrong with it."""
    role = _role_of(received.fields.get("role", AttachmentRole.BESIDE.value))
    found = attached_file(received.file.path)
    is_image = found.kind is AttachmentKind.IMAGE
    if not is_image and (role is AttachmentRole.OVERLAY or subject.asset_id is None):
        raise AttachmentRefused(
            "This has to be an image: PNG, JPEG or WebP.", kind=found.kind.value
        )
    id_ = new_id()
    key = f"projects/{subject.project_id}/attachments/{id_}"
    work.resources.blobs.put(key, received.file.path, content_type=found.media_type)
    attachment = Attachment(
        id=id_,
        organization_id=work.actor.organization_id,
        project_id=subject.project_id,
        asset_id=subject.asset_id,
        class_id=subject.class_id,
        kind=found.kind,
        role=role,
        name=file_name(received.name).name,
        media_type=found.media_type,
        byte_size=received.file.size,
        sha256=received.file.sha256,
        blob_key=key,
        created_by=work.actor.user_id,
        created_at=utc_now(),
    )
    work.session.add(attachment)
    details = {"name": attachment.name, "kind": found.kind.value}
    record_audit(work, "attachment.added", "attachment", id_, details)
    return attachment


def list_attachments(work: Work, asset_id: UUID) -> Sequence[Attachment]:
    return queries.attachments_of_asset(work.session, require_asset(work, asset_id).id)


def list_class_references(work: Work, project_id: UUID) -> Sequence[Attachment]:
    project = require_project(work, project_id)
    return queries.class_references_of_project(work.session, project.id)


def list_project_attachments(work: Work, project_id: UUID) -> Sequence[Attachment]:
    project = require_project(work, project_id)
    return queries.attachments_of_project(work.session, project.id)


def delete_attachment(work: Work, attachment_id: UUID) -> None:
    """Hide it. The bytes stay, so that the deletion can be undone by hand."""
    attachment = _require_attachment(work, attachment_id)
    needed = Permission.MANAGE_PROJECTS
    if attachment.asset_id is not None:
        needed = Permission.IMPORT_DATA
    elif attachment.class_id is not None:
        needed = Permission.EDIT_ONTOLOGY
    require_active_project(work, attachment.project_id, needed)
    attachment.deleted_at = utc_now()
    details = {"name": attachment.name}
    record_audit(work, "attachment.deleted", "attachment", attachment.id, details)


def attachment_file(work: Work, attachment_id: UUID, signature: Signature | None) -> Attachment:
    """For the bearer of a signed link, else for who is signed in."""
    if signature is None:
        return _require_attachment(work, attachment_id)
    resource = attachment_resource(attachment_id)
    signer = signer_of(work.settings)
    if not signer.is_valid(resource, signature.expires, signature.signature):
        raise LinkInvalid
    found = queries.find_attachment(work.session, attachment_id)
    if found is None:
        raise AttachmentNotFound
    return found


def attachment_resource(attachment_id: UUID) -> str:
    """What a signed link to it signs."""
    return f"attachments/{attachment_id}"


def _require_attachment(work: Work, attachment_id: UUID) -> Attachment:
    found = queries.find_attachment(work.session, attachment_id)
    if found is None or found.organization_id != work.actor.organization_id:
        raise AttachmentNotFound
    if found.asset_id is not None:
        require_asset(work, found.asset_id)
    else:
        require_project(work, found.project_id)
    return found


def _with_room(work: Work, subject: Subject) -> Subject:
    there = queries.count_attachments(
        work.session,
        subject.project_id,
        asset_id=subject.asset_id,
        class_id=subject.class_id,
    )
    if there >= MAX_PER_SUBJECT:
        raise TooManyAttachments(max_attachments=MAX_PER_SUBJECT)
    return subject


def _role_of(word: str) -> AttachmentRole:
    try:
        return AttachmentRole(word)
    except ValueError:
        raise AttachmentMalformed("`role` is `beside` or `overlay`.", role=word) from None
