"""Completes the OpenAPI document with what FastAPI can't know: how one signs in, and that every
error is a problem."""

from typing import Any

Document = dict[str, Any]

_PROBLEM = {
    "type": "object",
    "title": "Problem",
    "description": "RFC 9457. Some codes have further members, such as `object_key`.",
    "required": ["type", "code", "title", "status"],
    "additionalProperties": True,
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "code": {"type": "string", "description": "stable; compare this one"},
        "title": {"type": "string", "description": "a sentence to act on"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string", "description": "the path that was asked for"},
        "request_id": {"type": ["string", "null"], "description": "as it stands in the log"},
        "errors": {
            "type": "array",
            "description": "which part of the request is wrong",
            "items": {
                "type": "object",
                "required": ["field", "message"],
                "properties": {"field": {"type": "string"}, "message": {"type": "string"}},
            },
        },
    },
}

_SECURITY_SCHEMES = {
    "token": {
        "type": "http",
        "scheme": "bearer",
        "description": "An API token: from the page of one's account, POST /tokens, or the "
        "command line.",
    },
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "__Host-maskwright",
        "description": "A browser's session, from POST /session. Changes need the header "
        "X-CSRF-Token with the `csrf_token` of GET /me.",
    },
}

_AN_ERROR = {
    "description": "What went wrong",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}
_REPLACED = ("HTTPValidationError", "ValidationError")


def complete_document(document: Document, public: frozenset[tuple[str, str]]) -> None:
    """Adds to the document in place.

    public  (method, path) of what can be asked for without signing in
    """
    components = document.setdefault("components", {})
    components["securitySchemes"] = _SECURITY_SCHEMES
    schemas = components.setdefault("schemas", {})
    for name in _REPLACED:
        schemas.pop(name, None)
    schemas["Problem"] = _PROBLEM
    document["security"] = [{"token": []}, {"session": []}]
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            _complete(operation, is_public=(method, path) in public)


def _complete(operation: Document, *, is_public: bool) -> None:
    responses = operation["responses"]
    if _is_fastapis_own(responses.get("422", {})):
        del responses["422"]
    responses["default"] = _AN_ERROR
    if is_public:
        operation["security"] = []


def _is_fastapis_own(response: Document) -> bool:
    schema = response.get("content", {}).get("application/json", {}).get("schema", {})
    return bool(schema.get("$ref", "").endswith("/HTTPValidationError"))
