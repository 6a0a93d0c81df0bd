"""What the server says of a problem is shown in the reader's language, by the problem's code."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from maskwright.mail.words import GERMAN as GERMAN_LETTERS

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


def said_in(path: Path) -> Iterator[str]:
    """The English of `say("…")`, and of sentences that are kept in a table to be said."""
    for node in ast.walk(ast.parse(path.read_text())):
        match node:
            case ast.Call(func=ast.Name(id="say"), args=[ast.Constant(value=str(text))]):
                yield text
            case ast.AnnAssign(target=ast.Name(id="_SENTENCES"), value=ast.Dict(values=values)):
                for value in values:
                    match value:
                        case ast.Constant(value=str(text)):
                            yield text


def test_every_letter_has_german_words() -> None:
    texts = {text for path in (ROOT / "backend/maskwright").rglob("*.py") for text in said_in(path)}
    assert len(texts) > 20
    assert texts <= set(GERMAN_LETTERS)
    holes = re.compile(r"\{\w+\}")
    for english, german in GERMAN_LETTERS.items():
        assert sorted(holes.findall(english)) == sorted(holes.findall(german)), english


def test_every_column_of_a_report_has_a_name_in_the_catalogue() -> None:
    service = ast.parse((ROOT / "backend/maskwright/insights/service.py").read_text())
    labels = set()
    for node in ast.walk(service):
        match node:
            case ast.Call(
                func=ast.Name(id="Column"),
                args=[ast.Constant(value=str(key)), ast.Constant(value=str(label)), *_],
            ) if not key.endswith("_id"):
                labels.add(label)
    assert len(labels) > 30
    columns = (ROOT / "frontend/src/features/insights/columns.ts").read_text()
    named = set(re.findall(r"^  '?([A-Z][\w ]*)'?: t\(", columns, re.MULTILINE))
    assert labels <= named
