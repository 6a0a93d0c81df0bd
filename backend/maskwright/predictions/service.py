"""Taking in what models predict, and letting people begin with it."""

from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from anyio import CapacityLimiter, to_thread

from maskwright.accounts.audit import record_audit
from maskwright.accounts.domain import Permission
from maskwright.events.service import project_changed
from maskwright.ontologies.service import ontology_of
from maskwright.predictions import queries
from maskwright.predictions.domain import ModelName, ModelSummary, Outcome, PredictedImage
from maskwright.predictions.errors import ModelNotFound, PredictionRefused
from maskwright.predictions.lines import Line, batches_of_lines
from maskwright.predictions.reading import (
    Classes,
    Places,
    ReadLine,
    check_objects,
    read_line,
)
from maskwright.projects.service import require_active_project, require_project
from maskwright.work import Resources, Work

#: So many refused lines are told one by one; the rest are counted.
PROBLEMS_TOLD = 1000
_THREADS = 2

OpenWork = Callable[[], Work]


class PredictionThreads:
    """Masks are checked in threads of their own, few at a time: handlers keep theirs."""

    def __init__(self, resources: Resources) -> None:
        self.limiter = CapacityLimiter(_THREADS)

    def close(self) -> None:
        """Threads end with their work."""


@dataclass(frozen=True, slots=True)
class RefusedLine:
    number: int
    asset: dict[str, Any] | None
    error: PredictionRefused


@dataclass
class Report:
    """What became of the lines so far."""

    lines: int = 0
    objects: int = 0
    trimmed: int = 0
    outcomes: dict[Outcome, int] = field(default_factory=lambda: dict.fromkeys(Outcome, 0))
    problems: list[RefusedLine] = field(default_factory=list)
    models: set[str] = field(default_factory=set)

    def refuse(self, number: int, error: PredictionRefused, read: ReadLine | None = None) -> None:
        self.outcomes[Outcome.REFUSED] += 1
        if len(self.problems) < PROBLEMS_TOLD:
            named = None if read is None else read.asset.model_dump(mode="json", exclude_none=True)
            self.problems.append(RefusedLine(number, named, error))

    @property
    def problems_left_out(self) -> int:
        return self.outcomes[Outcome.REFUSED] - len(self.problems)


async def receive_lines(
    chunks: AsyncIterator[bytes],
    project_id: UUID,
    resources: Resources,
    open_work: OpenWork,
    model: ModelName | None = None,
) -> Report:
    """Take in a request of any size, line by line. Each batch of lines is committed by itself:
    where the connection drops, send the same again, and what had arrived is unchanged.

    open_work  makes a new unit of work for the actor
    Raises     whatever says that the actor may not do this, before anything is read
    """
    limiter = resources.part(PredictionThreads).limiter
    intake = Intake(project_id, open_work, model)
    await to_thread.run_sync(intake.begin, limiter=limiter)
    limit = resources.settings.limits.upload_bytes
    async for batch in batches_of_lines(chunks, max_bytes=limit):
        await to_thread.run_sync(intake.take, batch, limiter=limiter)
    await to_thread.run_sync(intake.finish, limiter=limiter)
    return intake.report


@dataclass
class Intake:
    """One request's lines, batch after batch. Blocking; used by one thread at a time."""

    project_id: UUID
    open_work: OpenWork
    model: ModelName | None = None
    report: Report = field(default_factory=Report)

    def begin(self) -> None:
        with self.open_work() as work:
            require_active_project(work, self.project_id, Permission.IMPORT_DATA)

    def take(self, batch: Sequence[Line]) -> None:
        read: list[ReadLine] = []
        for line in batch:
            self.report.lines += 1
            try:
                read.append(read_line(line, self.model))
            except PredictionRefused as error:
                self.report.refuse(line.number, error)
        if read:
            with self.open_work() as work:
                _Batch(work, self.project_id, self.report).take(read)

    def finish(self) -> None:
        """Note who sent predictions of which models, once per request."""
        done = {outcome.value: n for outcome, n in self.report.outcomes.items() if n}
        with self.open_work() as work:
            details = {"models": sorted(self.report.models)[:20], **done}
            record_audit(work, "predictions.received", "project", self.project_id, details)


class _Batch:
    """Some lines in one transaction."""

    def __init__(self, work: Work, project_id: UUID, report: Report) -> None:
        self.work = work
        self.report = report
        project = require_active_project(work, project_id, Permission.IMPORT_DATA)
        self.project_id = project.id
        self.organization_id = project.organization_id
        self.ontology_version = project.ontology_version or 0
        self.classes = Classes(ontology_of(work.session, project).nodes)

    def take(self, lines: Sequence[ReadLine]) -> None:
        places = self._places(lines)
        changed: list[UUID] = []
        # In one order whatever the lines' is: models are locked, and requests come side by side.
        for model in sorted({line.model for line in lines}, key=str):
            self.report.models.add(str(model))
            of_model = [line for line in lines if line.model == model]
            changed += self._take_of_model(model, of_model, places)
        if changed:
            queries.begin_with_predictions(self.work.session, self.project_id, changed)
            project_changed(self.work, self.project_id)

    def _places(self, lines: Iterable[ReadLine]) -> Places:
        assets = [line.asset for line in lines]
        found = queries.find_places(
            self.work.session,
            self.project_id,
            ids=[asset.id for asset in assets if asset.id],
            external_ids=[asset.external_id for asset in assets if asset.external_id],
            names=[asset.name for asset in assets if asset.name],
        )
        return Places.of(found)

    def _take_of_model(
        self, model: ModelName, lines: Sequence[ReadLine], places: Places
    ) -> list[UUID]:
        """Returns the images of which the model says something new."""
        session, actor = self.work.session, self.work.actor
        model_id = queries.hold_model(
            session, self.organization_id, self.project_id, model, actor.user_id
        )
        known = queries.digests_of(session, model_id, list(places.by_id))
        changed: list[UUID] = []
        for line in lines:
            try:
                asset_id = self._take_line(line, model_id, places, known)
            except PredictionRefused as error:
                self.report.refuse(line.number, error, line)
                continue
            if asset_id is not None:
                changed.append(asset_id)
        return changed

    def _take_line(
        self, line: ReadLine, model_id: UUID, places: Places, known: dict[UUID, bytes]
    ) -> UUID | None:
        """The image, or None where the model had said the same of it."""
        place = places.find(line.asset)
        if place.height is None or place.width is None or place.task_id is None:
            raise LookupError("An image that is ready has a size and a task.")
        if known.get(place.asset_id) == line.digest:
            self.report.outcomes[Outcome.UNCHANGED] += 1
            return None
        checked = check_objects(
            line.objects,
            self.classes,
            place.asset_id,
            (place.height, place.width),
            line.model,
            model_id,
            limit=self.work.settings.limits.objects_per_label,
        )
        written = queries.Written(
            organization_id=self.organization_id,
            project_id=self.project_id,
            model_id=model_id,
            asset_id=place.asset_id,
            task_id=place.task_id,
            ontology_version=self.ontology_version,
            digest=line.digest,
            confidence=checked.confidence,
            objects=checked.objects,
            masks=checked.masks,
        )
        queries.write_prediction(self.work.session, written)
        was_known = place.asset_id in known
        self.report.outcomes[Outcome.REPLACED if was_known else Outcome.ADDED] += 1
        self.report.objects += len(checked.objects)
        self.report.trimmed += checked.trimmed
        known[place.asset_id] = line.digest
        return place.asset_id


# Looking, and choosing


def list_models(work: Work, project_id: UUID) -> tuple[list[ModelSummary], float]:
    """A project's models, and how certain what labelers begin with has to be."""
    require_project(work, project_id)
    models = queries.models_of_project(work.session, project_id)
    return models, queries.min_confidence_of(work.session, project_id)


def list_predictions(
    work: Work,
    project_id: UUID,
    *,
    model_id: UUID | None,
    asset_id: UUID | None,
    max_confidence: float | None,
    after: UUID | None,
    limit: int,
) -> list[PredictedImage]:
    """Up to `limit + 1` images that models spoke of."""
    require_project(work, project_id)
    return queries.page_of_predictions(
        work.session,
        project_id,
        model_id=model_id,
        asset_id=asset_id,
        max_confidence=max_confidence,
        after=after,
        limit=limit,
    )


def delete_model(work: Work, model_id: UUID) -> None:
    """Forget a model and what it predicted. What people made of it stays theirs."""
    project_id = queries.project_of_model(work.session, work.actor.organization_id, model_id)
    if project_id is None:
        raise ModelNotFound
    require_project(work, project_id, Permission.IMPORT_DATA)
    [model] = queries.models_of_project(work.session, project_id, model_id)
    if model.is_prelabel:
        queries.choose_prelabels(work.session, project_id, None, 0)
    queries.forget_model(work.session, model_id)
    details = {"model": f"{model.name} {model.version}".rstrip(), "images": model.images}
    record_audit(work, "predictions.deleted", "project", project_id, details)
    project_changed(work, project_id)


def choose_prelabels(
    work: Work, project_id: UUID, model_id: UUID | None, min_confidence: float
) -> tuple[list[ModelSummary], float]:
    """Say with which model's predictions labelers begin, from their next image on."""
    require_active_project(work, project_id, Permission.MANAGE_QUEUE)
    if model_id is not None and not queries.models_of_project(work.session, project_id, model_id):
        raise ModelNotFound
    queries.choose_prelabels(work.session, project_id, model_id, min_confidence)
    details = {"model": model_id and str(model_id), "min_confidence": min_confidence}
    record_audit(work, "predictions.prelabels_chosen", "project", project_id, details)
    project_changed(work, project_id)
    return list_models(work, project_id)
