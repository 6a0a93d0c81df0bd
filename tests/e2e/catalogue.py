"""What the pages' German catalogue says, read from its source: what must not be seen in English."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

GERMAN = Path(__file__).parents[2] / "frontend/src/i18n/de"
_STRING = r"'(?:[^'\\]|\\.)*'"
_WORDS = rf"{_STRING}(?:\s*\+\s*{_STRING})*"
_ENTRY = re.compile(
    rf"^  (?P<key>{_STRING}|\w+):\s*"
    rf"(?:(?P<text>{_WORDS})|\{{(?P<forms>[^}}]*(?:\{{\w+\}}[^}}]*)*)\}})",
    re.MULTILINE,
)
_HOLE = re.compile(r"\{\w+\}")
#: Words that no German sentence has; "in" or "die" would not do.
_ENGLISH = re.compile(
    r"\b(the|of|by|and|with|is|are|were|this|that|your|you|from|for|yet|been|has|have|not|no|"
    r"any|all|than|when|where|which|who|to)\b"
)


def _plain(literal: str) -> str:
    return "".join(part[1:-1] for part in re.findall(_STRING, literal)).replace("\\'", "'")


def _entries() -> Iterator[tuple[str, str]]:
    for path in sorted(GERMAN.glob("*.ts")):
        if path.stem in ("index", "problems", "components"):
            continue
        for found in _ENTRY.finditer(path.read_text()):
            key = found["key"]
            english = _plain(key) if key.startswith("'") else key
            yield english.partition("|")[0], _plain(found["text"] or found["forms"] or "")


@dataclass(frozen=True)
class Catalogue:
    """words     English text → German text, those that differ
    patterns  the same for texts with something filled in
    """

    words: dict[str, str]
    patterns: list[re.Pattern[str]]

    def english_in(self, text: str) -> str | None:
        """Why this text of a German page is English; None where it is not."""
        if text in self.words:
            return f"“{text}” is “{self.words[text]}”"
        if any(pattern.fullmatch(text) for pattern in self.patterns):
            return f"“{text}” is a text of the catalogue"
        found = _ENGLISH.search(text)
        return None if found is None else f"“{text}” reads as English"


def german_catalogue() -> Catalogue:
    words, patterns = {}, []
    german_texts = {german for _, german in _entries()}
    for english, german in _entries():
        if english == german or english in german_texts:
            continue
        if "{" not in english:
            words[english] = german
            continue
        pieces = [re.escape(piece) for piece in _HOLE.split(english)]
        if sum(len(piece) for piece in pieces) > 6:
            patterns.append(re.compile(".+".join(pieces)))
    return Catalogue(words, patterns)
