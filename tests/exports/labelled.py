"""Labelled projects for export tests, written as rows: what labelers would have left behind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from uuid import UUID

import numpy as np
import numpy.typing as npt
from sqlalchemy.orm import Session

from maskwright.annotations import service as annotations
from maskwright.annotations.domain import Origin, VersionKind
from maskwright.annotations.models import Label, LabelObject, LabelVersion, Mask
from maskwright.assets.domain import AssetState
from maskwright.assets.models import Asset
from maskwright.kernel.ids import new_id
from maskwright.masks import codec
from maskwright.masks.codec import Rle
from maskwright.ontologies import service as ontologies
from maskwright.ontologies.domain import Node, OntologyClass, Removal
from maskwright.ontologies.schemas import OntologyPut, RemovalAnswer
from maskwright.queue.domain import TaskState
from maskwright.queue.models import Task
from tests.support.world import Person, World

BoolMask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Drawn:
    """An object as a test draws it."""

    class_name: str
    mask: BoolMask | Rle
    layer: int = 0
    attributes: Mapping[str, object] = field(default_factory=dict)
    key: UUID = field(default_factory=new_id)

    @property
    def rle(self) -> Rle:
        return self.mask if isinstance(self.mask, Rle) else codec.encode(self.mask)


class LabelledProject:
    """A project with an ontology, to which labelled images are added one by one."""

    def __init__(
        self, world: World, manager: Person, nodes: Sequence[Node], name: str = "Street scenes"
    ) -> None:
        self._world = world
        self.manager = manager
        self.id = world.project(manager, name)
        self._session: Session | None = None
        self.class_ids: dict[str, UUID] = {}
        self.class_indices: dict[str, int] = {}
        if nodes:
            self.save_ontology(nodes)

    def save_ontology(self, nodes: Sequence[Node]) -> None:
        """Saves a version; classes that it leaves out are retired, and keep their objects."""
        with self._world.work_of(self.manager) as work:
            keep = RemovalAnswer(action=Removal.KEEP)
            wanted = OntologyPut(
                classes=tuple(nodes),
                removed_classes=dict.fromkeys(self.class_ids.values(), keep),
            )
            ontologies.save_ontology(work, self.id, wanted, annotations)
            rows = ontologies.class_rows(work.session, self.id)
            self.class_ids = {row.name: row.id for row in rows}
            self.class_indices = {row.name: row.index for row in rows}

    def image(
        self,
        size: tuple[int, int],
        *objects: Drawn,
        name: str = "image.png",
        kind: VersionKind | None = VersionKind.SUBMITTED,
        media_type: str = "image/png",
        content: bytes = b"",
    ) -> UUID:
        """Adds an asset (height, width) with one label version, or none where `kind` is None."""
        database = self._world.resources.database
        with database.open_session() as session, session.begin():
            asset = self._asset(size, name, media_type, content)
            session.add(asset)
            session.flush()
            if kind is not None:
                self._label(session, asset, objects, kind)
        return asset.id

    def relabel(self, asset_id: UUID, *objects: Drawn, kind: VersionKind) -> None:
        """Adds a newer version to the asset's label, which counts from now on."""
        database = self._world.resources.database
        with database.open_session() as session, session.begin():
            asset = session.get_one(Asset, asset_id)
            label = session.query(Label).filter_by(asset_id=asset_id).one()
            number = session.query(LabelVersion).filter_by(label_id=label.id).count() + 1
            self._version(session, asset, label, objects, kind, number)

    def _asset(self, size: tuple[int, int], name: str, media_type: str, content: bytes) -> Asset:
        asset_id = new_id()
        key = f"projects/{self.id}/assets/{asset_id}/original"
        if content:
            self._world.resources.blobs.put(key, content, content_type=media_type)
        return Asset(
            id=asset_id,
            organization_id=self.manager.organization_id,
            project_id=self.id,
            name=name,
            external_id=f"ext-{asset_id}",
            state=AssetState.READY,
            sha256=sha256(asset_id.bytes + content).digest(),
            media_type=media_type,
            byte_size=len(content),
            width=size[1],
            height=size[0],
            original_key=key,
        )

    def _label(
        self, session: Session, asset: Asset, objects: Sequence[Drawn], kind: VersionKind
    ) -> None:
        task = Task(
            id=new_id(),
            organization_id=asset.organization_id,
            project_id=self.id,
            asset_id=asset.id,
            state=TaskState.SUBMITTED,
        )
        session.add(task)
        session.flush()
        label = Label(
            id=new_id(),
            organization_id=asset.organization_id,
            project_id=self.id,
            asset_id=asset.id,
            task_id=task.id,
            author_id=self.manager.id,
        )
        session.add(label)
        session.flush()
        self._version(session, asset, label, objects, kind, 1)

    def _version(
        self,
        session: Session,
        asset: Asset,
        label: Label,
        objects: Sequence[Drawn],
        kind: VersionKind,
        number: int,
    ) -> None:
        version = LabelVersion(
            id=new_id(),
            organization_id=asset.organization_id,
            label_id=label.id,
            asset_id=asset.id,
            number=number,
            kind=kind,
            origin=Origin.HUMAN,
            author_id=self.manager.id,
            ontology_version=1,
            active_ms=1500,
            object_count=len(objects),
        )
        session.add(version)
        session.flush()
        masks = {drawn.key: self._mask(session, asset, drawn.rle) for drawn in objects}
        session.flush()
        session.add_all(
            LabelObject(
                organization_id=asset.organization_id,
                version_id=version.id,
                key=drawn.key,
                class_id=self.class_ids[drawn.class_name],
                layer=drawn.layer,
                order=order,
                mask_id=masks[drawn.key],
                attributes=dict(drawn.attributes),
                provenance={"tool": "brush"},
            )
            for order, drawn in enumerate(objects)
        )
        if kind is not VersionKind.ORPHAN:
            label.current_version_id = version.id

    def _mask(self, session: Session, asset: Asset, rle: Rle) -> UUID:
        digest = codec.digest(rle)
        known = session.query(Mask).filter_by(asset_id=asset.id, sha256=digest).one_or_none()
        if known is not None:
            return known.id
        mask = Mask(
            id=new_id(),
            organization_id=asset.organization_id,
            asset_id=asset.id,
            sha256=digest,
            counts=codec.pack(rle),
            area=codec.area(rle),
            bbox=list(codec.bbox(rle)),
        )
        session.add(mask)
        return mask.id


def thing(name: str, **more: object) -> OntologyClass:
    return OntologyClass.model_validate({"name": name, "color": "#e69f00", **more})


def stuff(name: str, **more: object) -> OntologyClass:
    return OntologyClass.model_validate({"name": name, "color": "#0072b2", "kind": "stuff", **more})
