"""The English sentences that the server may show to a person, read from its source.

A sentence begins with a capital, a quotation mark or a hole, and ends with a full stop. What
documents the API or talks to whoever runs the server is none, and a letter has a catalogue of its
own (`mail/words.py`).
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

BACKEND = Path(__file__).parents[2] / "backend/maskwright"

#: Read by whoever runs the server, or part of letters.
_NOT_SHOWN = (
    "accounts/service/letters.py", "cli.py", "db", "demo", "http/hot.py", "http/openapi.py",
    "http/reference.py", "launcher", "logs.py", "mail", "notifications/letters.py",
    "reviews/differences.py", "settings.py", "simulation", "storage",
)  # fmt: skip
#: Arguments that stand in the API's description.
_DESCRIBING = frozenset({"description", "summary", "doc", "response_description", "name"})
#: Errors of our own code: nobody is meant to meet them.
_INTERNAL = frozenset({"LookupError", "RuntimeError", "TypeError", "MaskShapeError"})
_SENTENCE = re.compile(r"^(?=[A-Z“`{]).*\s.*[.]$", re.DOTALL)


def sentences() -> dict[str, str]:
    """Each sentence, its holes numbered `{1}`, `{2}` in their order, and where it stands."""
    found: dict[str, str] = {}
    for path in sorted(BACKEND.rglob("*.py")):
        place = path.relative_to(BACKEND).as_posix()
        if place.startswith(_NOT_SHOWN):
            continue
        for line, text in _sentences_in(ast.parse(path.read_text())):
            found.setdefault(text, f"{place}:{line}")
    return found


def _sentences_in(node: ast.AST) -> Iterator[tuple[int, str]]:
    match node:
        case ast.Expr(value=ast.Constant(value=str())):
            return  # a docstring
        case ast.keyword(arg=str(name)) if name in _DESCRIBING:
            return
        case ast.Call(func=ast.Name(id=name)) if name in _INTERNAL or name == "Field":
            return
        case ast.Dict(keys=keys, values=values):
            for key, value in zip(keys, values, strict=True):
                if not (isinstance(key, ast.Constant) and key.value in _DESCRIBING):
                    yield from _sentences_in(value)
            return
        case ast.Constant(value=str(text)) if _SENTENCE.match(text):
            yield node.lineno, text
            return
        case ast.JoinedStr():
            text = pattern_of(node)
            if _SENTENCE.match(text):
                yield node.lineno, text
            return
    for child in ast.iter_child_nodes(node):
        yield from _sentences_in(child)


def pattern_of(node: ast.JoinedStr) -> str:
    """`f"{width} px"` as `{1} px`."""
    pieces, holes = [], 0
    for part in node.values:
        if isinstance(part, ast.Constant):
            pieces.append(str(part.value))
        else:
            holes += 1
            pieces.append(f"{{{holes}}}")
    return "".join(pieces)
