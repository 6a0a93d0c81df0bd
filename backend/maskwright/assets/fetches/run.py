"""What a worker does with an address: fetch it, and make an asset of it."""

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from maskwright.assets.domain import FetchState, UploadStatus
from maskwright.assets.errors import FileRefused, UrlRefused, UrlUnreachable, kept_problem
from maskwright.assets.fetches import queries
from maskwright.assets.metadata import AssetMetadata
from maskwright.assets.models import AssetFetch
from maskwright.assets.names import file_name
from maskwright.assets.receiving import FileSink, ReceivedFile, incoming_folder
from maskwright.assets.service import Candidate, inspect_file, store_asset
from maskwright.kernel.errors import MaskwrightError
from maskwright.outbound import FetchFailed, FetchRefused, fetch
from maskwright.settings import Settings
from maskwright.work import Work

OpenWork = Callable[[], Work]

_STATE_OF = {
    UploadStatus.ACCEPTED: FetchState.DONE,
    UploadStatus.DUPLICATE: FetchState.DUPLICATE,
}


def fetch_asset(open_work: OpenWork, settings: Settings, fetch_id: UUID) -> FetchState | None:
    """Fetch one image, with no transaction open meanwhile; None where there is nothing to do."""
    with open_work() as work:
        row = queries.begin_fetch(work.session, fetch_id)
        if row is None:
            return None
        work.session.expunge(row)
    with incoming_folder(settings) as folder:
        try:
            candidate = _candidate(row, Path(folder) / "file", settings)
        except FileRefused as error:
            return _refuse(open_work, fetch_id, kept_problem(error))
        try:
            with open_work() as work:
                return _store(work, row, candidate)
        except MaskwrightError as error:
            # The project was archived or deleted since.
            return _refuse(open_work, fetch_id, {"code": "not-taken", "title": str(error)})


def _candidate(row: AssetFetch, path: Path, settings: Settings) -> Candidate:
    limit = settings.limits.file_bytes
    with FileSink(path, max_bytes=limit) as sink:
        try:
            fetched = fetch(row.url, sink, settings.fetch, max_bytes=limit)
        except FetchRefused as error:
            raise UrlRefused(str(error)) from error
        except FetchFailed as error:
            raise UrlUnreachable(str(error)) from error
        received: ReceivedFile = sink.received()
    return inspect_file(received, file_name(row.name or fetched.name or "image"), settings)


def _store(work: Work, row: AssetFetch, candidate: Candidate) -> FetchState:
    metadata = AssetMetadata(row.external_id, dict(row.details))
    outcome = store_asset(work, row.project_id, candidate, metadata=metadata)
    state = _STATE_OF.get(outcome.status, FetchState.FAILED)
    problem = None
    if outcome.error is not None:
        problem = {"code": "external-id-taken", "title": str(outcome.error)}
    asset_id = None if outcome.asset is None else outcome.asset.id
    queries.end_fetch(work.session, row.id, state, asset_id=asset_id, problem=problem)
    return state


def _refuse(open_work: OpenWork, fetch_id: UUID, problem: dict[str, object]) -> FetchState:
    with open_work() as work:
        queries.end_fetch(work.session, fetch_id, FetchState.FAILED, problem=problem)
    return FetchState.FAILED
