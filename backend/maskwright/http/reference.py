"""`/api/v1/docs`: the API's reference as one plain page, made from the OpenAPI document.

The usual viewers load their program from somebody else's server; this has to be readable on a
machine that reaches nothing but itself, and under the same content policy as every page.
"""

import json
from collections.abc import Iterator, Mapping
from html import escape
from itertools import groupby
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

Json = Mapping[str, Any]

_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>{title} API</title>
<style>
:root {{ color-scheme: light dark }}
body {{ font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto;
  padding: 0 1rem }}
h2 {{ margin-top: 2rem; text-transform: capitalize }}
details {{ border-top: 1px solid #8884; padding: .4rem 0 }}
summary {{ cursor: pointer }}
code, pre {{ font: 13px/1.45 ui-monospace, monospace }}
pre {{ overflow-x: auto; padding: .6rem .8rem; background: #8881; border-radius: 4px }}
b {{ display: inline-block; min-width: 4.5rem }}
</style>
<h1>{title} API</h1>
<p>Scripts send <code>Authorization: Bearer mw_…</code> with an API token; browsers the session's
cookie, and on every change the header <code>X-CSRF-Token</code>. Errors are
<code>application/problem+json</code>: compare <code>code</code>, show <code>title</code>. Lists
page by <code>cursor</code>. For programs, and for generating clients:
<a href="{openapi}">openapi.json</a>.</p>
{operations}
<h2>Shapes</h2>
{shapes}
</html>"""


def reference_router(openapi_url: str, path: str) -> APIRouter:
    router = APIRouter(include_in_schema=False)

    @router.get(path)
    def api_reference(request: Request) -> HTMLResponse:
        return HTMLResponse(render_reference(request.app.openapi(), openapi_url))

    return router


def render_reference(document: Json, openapi_url: str) -> str:
    """The whole page."""
    return _PAGE.format(
        title=escape(document["info"]["title"]),
        openapi=escape(openapi_url),
        operations="\n".join(_sections(document)),
        shapes="\n".join(
            # A link to something within opens the details around it.
            f"<details><summary><code>{escape(name)}</code></summary>"
            f'<div id="{escape(name)}">{_schema(schema)}</div></details>'
            for name, schema in sorted(document.get("components", {}).get("schemas", {}).items())
        ),
    )


def _sections(document: Json) -> Iterator[str]:
    operations = [
        (operation.get("tags", ["other"])[0], method, path, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]
    operations.sort(key=lambda entry: entry[0])
    for tag, entries in groupby(operations, key=lambda entry: entry[0]):
        yield f"<h2>{escape(tag)}</h2>"
        for _, method, path, operation in entries:
            yield _operation(method, path, operation)


def _operation(method: str, path: str, operation: Json) -> str:
    head = f"<b>{method.upper()}</b> <code>{escape(path)}</code>"
    parts = [f"<details><summary>{head} {escape(operation.get('summary', ''))}</summary>"]
    if "description" in operation:
        parts.append(f"<p>{escape(operation['description'])}</p>")
    for parameter in operation.get("parameters", []):
        needed = ", required" if parameter.get("required") else ""
        parts.append(
            f"<p><code>{escape(parameter['name'])}</code> ({escape(parameter['in'])}{needed}) "
            f"{escape(parameter.get('description', ''))}</p>"
        )
    for kind, content in operation.get("requestBody", {}).get("content", {}).items():
        parts.append(f"<p>sends {escape(kind)}</p>{_schema(content.get('schema', {}))}")
    for status, answer in operation.get("responses", {}).items():
        parts.append(f"<p>answers {escape(status)}: {escape(answer.get('description', ''))}</p>")
        parts += [
            _schema(content.get("schema", {})) for content in answer.get("content", {}).values()
        ]
    return "".join([*parts, "</details>"])


def _schema(schema: Json) -> str:
    """A reference becomes a link to the shape; all else is shown as it is."""
    if set(schema) == {"$ref"}:
        name = escape(schema["$ref"].rsplit("/", 1)[1])
        return f'<p><a href="#{name}"><code>{name}</code></a></p>'
    return f"<pre>{escape(json.dumps(schema, indent=2, ensure_ascii=False))}</pre>"
