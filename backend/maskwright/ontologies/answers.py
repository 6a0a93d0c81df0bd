"""Whether the answers given for an object fit the attributes of its class. No I/O.

Answers are one flat map, attribute id → answer, however deep the attributes are nested:
radio → the option's id; checklist → a list of option ids; text → a string; number → a number.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite

from maskwright.ontologies.domain import Attribute, AttributeKind

MAX_TEXT = 10_000
_MAX_NUMBER = 1e300


@dataclass(frozen=True, slots=True)
class AnswerProblem:
    """attribute   its name, or the unknown id as it was sent
    is_missing  a required answer is not there; otherwise one is there that does not fit
    """

    attribute: str
    reason: str
    is_missing: bool = False


def check_answers(
    attributes: Sequence[Attribute], answers: Mapping[str, object], *, complete: bool
) -> list[AnswerProblem]:
    """Everything wrong with these answers.

    complete  also ask for the required ones: at submit, not while drafting. An attribute under an
              option is only asked where that option is chosen; an answer to one that is not asked
              is a problem, for it would be exported without meaning.
    """
    problems: list[AnswerProblem] = []
    asked: set[str] = set()
    for attribute in _asked(attributes, answers):
        key = str(attribute.id)
        asked.add(key)
        answer = answers.get(key)
        if answer is None or answer in ("", []):
            if complete and attribute.required:
                problems.append(AnswerProblem(attribute.name, "An answer is required.", True))
            continue
        reason = _wrong(attribute, answer)
        if reason:
            problems.append(AnswerProblem(attribute.name, reason))
    unasked = sorted(answers.keys() - asked)
    reason = "This attribute is not asked of this object."
    return problems + [AnswerProblem(key, reason) for key in unasked]


def _asked(attributes: Sequence[Attribute], answers: Mapping[str, object]) -> Iterator[Attribute]:
    for attribute in attributes:
        yield attribute
        answer = answers.get(str(attribute.id))
        chosen = answer if isinstance(answer, list) else [answer]
        for option in attribute.options:
            if str(option.id) in chosen:
                yield from _asked(option.attributes, answers)


def _wrong(attribute: Attribute, answer: object) -> str | None:
    ids = {str(option.id) for option in attribute.options}
    match attribute.kind:
        case AttributeKind.RADIO:
            fits = isinstance(answer, str) and answer in ids
            return None if fits else "The answer must be the id of one of the options."
        case AttributeKind.CHECKLIST:
            fits = isinstance(answer, list) and all(one in ids for one in answer)
            return None if fits else "The answer must be a list of the options' ids."
        case AttributeKind.TEXT:
            fits = isinstance(answer, str) and len(answer) <= MAX_TEXT
            return None if fits else f"The answer must be a text of at most {MAX_TEXT} characters."
        case AttributeKind.NUMBER:
            return _wrong_number(attribute, answer)


def _wrong_number(attribute: Attribute, answer: object) -> str | None:
    if isinstance(answer, bool) or not isinstance(answer, (int, float)):
        return "The answer must be a number."
    if abs(answer) > _MAX_NUMBER or not isfinite(answer):
        return "The answer must be a number that is not endless."
    if attribute.min is not None and answer < attribute.min:
        return f"The answer must be at least {attribute.min:g}."
    if attribute.max is not None and answer > attribute.max:
        return f"The answer must be at most {attribute.max:g}."
    if attribute.step is not None and not _is_on_step(attribute, answer, attribute.step):
        start = f" from {attribute.min:g}" if attribute.min else ""
        return f"The answer must be in steps of {attribute.step:g}{start}."
    return None


def _is_on_step(attribute: Attribute, answer: float, step: float) -> bool:
    """Counted from the smallest answer, as an HTML number field does. Tenths and hundredths have
    no exact binary form, so that nearly a whole number of steps is one."""
    steps = (answer - (attribute.min or 0)) / step
    if not isfinite(steps):
        return True
    return abs(steps - round(steps)) <= max(1e-9, abs(steps) * 1e-12)
