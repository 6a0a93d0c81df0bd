"""What the server says of a problem is shown in the reader's language, by the problem's code."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
GERMAN = ROOT / "frontend/src/i18n/de/problems.ts"


def codes_of(tree: ast.AST) -> Iterator[str]:
    """The codes of `Problem(409, "lease-lost")` and of bodies with `"code": "not-found"`."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="Problem"), args=[_, ast.Constant(value=str(code)), *_]):
                yield code
            case ast.Dict(keys=keys, values=values):
                for key, value in zip(keys, values, strict=True):
                    match key, value:
                        case ast.Constant(value="code"), ast.Constant(value=str(code)):
                            yield code


def test_every_problem_has_a_german_title() -> None:
    codes = {
        code
        for path in (ROOT / "backend/maskwright").rglob("*.py")
        for code in codes_of(ast.parse(path.read_text()))
    }
    assert len(codes) > 50
    translated = set(re.findall(r"^  '?([a-z0-9-]+)'?:", GERMAN.read_text(), re.MULTILINE))
    missing = codes - translated
    assert not missing, f"give these a title in {GERMAN.relative_to(ROOT)}: {missing}"
