"""What the server says is said in the reader's language: a problem by its code, where it has one of
its own, and every other sentence by its English."""

import re
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from maskwright.assets.errors import FILE_ERRORS
from maskwright.main import create_app
from maskwright.settings import Settings
from tests.architecture.faults import FAULTY
from tests.architecture.server_sentences import sentences

ROOT = Path(__file__).parents[2]
GERMAN = ROOT / "frontend/src/i18n/de/server.ts"
_HOLE = re.compile(r"\{(\d+)\}")


def german() -> dict[str, str]:
    """English → German, as the catalogue has them: the value beside its key, or below it."""
    key = r"""(?:'([^']*)'|"([^"]*)"|(\w+))"""
    entry = re.compile(rf"^  {key}:\s+(.*?),$", re.MULTILINE | re.DOTALL)
    found = entry.findall(GERMAN.read_text())
    return {single or double or bare: value for single, double, bare, value in found}


def told_by_code() -> set[str]:
    """What problems say that have a code of their own, and so a title in `problems.ts`."""
    table = create_app(Settings(home=ROOT)).state.problems.table
    return {error.message for error in (*table, *FILE_ERRORS)}


def test_every_sentence_of_the_server_has_german_words() -> None:
    found = sentences()
    assert len(found) > 200
    missing = found.keys() - german().keys() - told_by_code()
    places = "\n".join(f"{found[text]}: {text}" for text in sorted(missing, key=found.__getitem__))
    assert not missing, f"give these a German sentence in {GERMAN.relative_to(ROOT)}:\n{places}"
    for english, words in german().items():
        assert set(_HOLE.findall(words)) <= set(_HOLE.findall(english)), english


@pytest.mark.parametrize(("model", "wrong"), FAULTY)
def test_what_is_wrong_with_a_field_has_german_words(model: Any, wrong: object) -> None:
    with pytest.raises(ValidationError) as caught:
        model.validate_python(wrong)
    patterns = [
        re.compile("(.+?)".join(re.escape(piece) for piece in _HOLE.split(english)[::2]))
        for english in german()
    ]
    for fault in caught.value.errors():
        assert any(pattern.fullmatch(fault["msg"]) for pattern in patterns), fault["msg"]
