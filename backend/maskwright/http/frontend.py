"""Serves the built front end: hashed assets for ever, every other path as the single page."""

from mimetypes import guess_type
from pathlib import Path

from fastapi import APIRouter, FastAPI
from fastapi.responses import FileResponse, HTMLResponse
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

_FOR_EVER = "public, max-age=31536000, immutable"
_ALWAYS_ASK = "no-cache"

_NOT_BUILT = """<!doctype html><html lang="en"><title>Maskwright</title>
<p>The front end is not built. Run <code>make up</code>, or <code>npm run build</code> in
<code>frontend/</code>. The API's documentation is at <a href="/api/v1/docs">/api/v1/docs</a>."""


class HashedAssets(StaticFiles):
    """Files whose names hold a hash of their content; where the build left a Brotli copy beside
    one, that goes to whoever takes it."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await self._packed(path, scope) or await super().get_response(path, scope)
        response.headers["Cache-Control"] = _FOR_EVER
        return response

    async def _packed(self, path: str, scope: Scope) -> Response | None:
        encodings = Headers(scope=scope).get("Accept-Encoding", "")
        takes_brotli = "br" in {part.split(";")[0].strip() for part in encodings.split(",")}
        if not takes_brotli or self.lookup_path(f"{path}.br")[1] is None:
            return None
        response = await super().get_response(f"{path}.br", scope)
        response.headers["Content-Encoding"] = "br"
        response.headers["Content-Type"] = guess_type(path)[0] or "application/octet-stream"
        response.headers["Vary"] = "Accept-Encoding"
        return response


def install_frontend(app: FastAPI, folder: Path) -> None:
    """Mounts the folder that the front-end build wrote; a page says so where there is none."""
    if (folder / "assets").is_dir():
        # What has no copy is packed on its way: a browser fetches each file once in its life.
        assets = GZipMiddleware(HashedAssets(directory=folder / "assets"), minimum_size=1000)
        app.mount("/assets", assets, name="assets")
    root = folder.resolve()
    router = APIRouter(include_in_schema=False)

    @router.get("/{path:path}")
    async def single_page(path: str) -> Response:
        if path.startswith("api/"):
            raise HTTPException(404)
        file = (root / path).resolve()
        if path and file.is_relative_to(root) and file.is_file():
            return FileResponse(file, headers={"Cache-Control": _ALWAYS_ASK})
        index = root / "index.html"
        if not index.is_file():
            return HTMLResponse(_NOT_BUILT, status_code=503)
        return FileResponse(index, headers={"Cache-Control": _ALWAYS_ASK})

    app.include_router(router)
