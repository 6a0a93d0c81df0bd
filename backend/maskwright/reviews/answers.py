"""To each question the answer that most people gave, and what is told of ties. No I/O."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from maskwright.ontologies.domain import Attribute, AttributeKind


@dataclass(frozen=True, slots=True)
class Questions:
    """What is asked about the image, and about the objects of each class."""

    of_image: Sequence[Attribute] = ()
    of_class: Mapping[UUID, Sequence[Attribute]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Given:
    """One person's answers. Where answers are tied, those count of who is nearest to the result."""

    answers: Mapping[str, Any]
    nearness: float


@dataclass(frozen=True, slots=True)
class Tie:
    """A question whose answer no majority decided, in the words of those who ask and answer.

    votes   each answer, and how many people gave it; of a checklist one for each option that
            exactly half of them ticked
    chosen  what counts; empty where that is nothing: half of the people tick no option
    """

    question: str
    votes: tuple[tuple[str, int], ...]
    chosen: str


def agree_on(
    questions: Sequence[Attribute], given: Sequence[Given]
) -> tuple[dict[str, Any], tuple[Tie, ...]]:
    """(answers by question, the questions that were tied)

    Who left a question out says nothing of it. Of a checklist each option counts by itself. What
    is asked under an option is asked only where that option counts, so that no answer is left
    without its question.
    """
    agreed: dict[str, Any] = {}
    ties: list[Tie] = []
    for question in questions:
        key = str(question.id)
        said = [each for each in given if each.answers.get(key) not in (None, "", [])]
        if not said:
            continue
        decide = _ticked if question.kind is AttributeKind.CHECKLIST else _most_given
        answer, tie = decide(question, key, said)
        if tie is not None:
            ties.append(tie)
        if answer in (None, []):
            continue
        agreed[key] = answer
        chosen = answer if isinstance(answer, list) else [answer]
        for option in question.options:
            if str(option.id) in chosen:
                below, ties_below = agree_on(option.attributes, given)
                agreed |= below
                ties += ties_below
    return agreed, tuple(ties)


def _most_given(question: Attribute, key: str, said: Sequence[Given]) -> tuple[Any, Tie | None]:
    counted = Counter(json.dumps(each.answers[key]) for each in said)
    most = max(counted.values())
    first = [answer for answer, count in counted.items() if count == most]
    if len(first) == 1:
        return json.loads(first[0]), None
    nearest = max(
        (each for each in said if json.dumps(each.answers[key]) in first),
        key=lambda each: each.nearness,
    )
    answer = nearest.answers[key]
    votes = tuple((_words(question, json.loads(text)), count) for text, count in counted.items())
    return answer, Tie(question.name, votes, _words(question, answer))


def _ticked(question: Attribute, key: str, said: Sequence[Given]) -> tuple[Any, Tie | None]:
    counts = {
        str(option.id): sum(str(option.id) in each.answers[key] for each in said)
        for option in question.options
    }
    answer = [option for option, count in counts.items() if 2 * count > len(said)]
    votes = tuple(
        (_words(question, option), count)
        for option, count in counts.items()
        if 2 * count == len(said)
    )
    if not votes:
        return answer, None
    words = ", ".join(_words(question, option) for option in answer)
    return answer, Tie(question.name, votes, words)


def _words(question: Attribute, answer: object) -> str:
    names = {str(option.id): option.name for option in question.options}
    return names.get(str(answer), str(answer))
