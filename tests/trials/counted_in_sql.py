"""The same figures as the dashboards', counted from the tables by other statements than theirs."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

import numpy as np
import psycopg

from maskwright.masks.codec import decode, unpack


@dataclass(frozen=True)
class Person:
    """images and objects with those of golds, as they are paid; cost by currency."""

    images: int
    objects: int
    seconds: float
    cost: Mapping[str, Decimal]


class Counted:
    """One project's tables."""

    def __init__(self, connection: "psycopg.Connection[Any]", project_id: UUID) -> None:
        self._connection = connection
        self._project = project_id

    def rows(self, statement: str, *parameters: object) -> list[tuple[Any, ...]]:
        """`statement` begins its parameters with the project's id."""
        return self._connection.execute(statement.encode(), (self._project, *parameters)).fetchall()

    def one(self, statement: str, *parameters: object) -> Any:
        [(value,)] = self.rows(statement, *parameters)
        return value

    def labels(self) -> int:
        """Submits that were accepted, those of golds left out."""
        return int(
            self.one(
                "SELECT count(*) FROM lease e JOIN task t ON t.id = e.task_id WHERE"
                " e.project_id = %s AND e.outcome = 'submitted' AND t.stage = 'label'"
                " AND t.gold_id IS NULL"
            )
        )

    def objects(self) -> int:
        return int(
            self.one(
                "SELECT count(*) FROM lease e JOIN task t ON t.id = e.task_id"
                " JOIN label_version v ON v.lease_id = e.id JOIN label_object o"
                " ON o.version_id = v.id WHERE e.project_id = %s AND e.outcome = 'submitted'"
                " AND t.stage = 'label' AND t.gold_id IS NULL AND v.kind = 'submitted'"
            )
        )

    def persons(self) -> dict[UUID, Person]:
        """Everybody who labelled, or spent counted time."""
        images: dict[UUID, set[UUID]] = {}
        objects: dict[UUID, int] = {}
        for person, asset, number in self.rows(
            "SELECT v.author_id, v.asset_id, (SELECT count(*) FROM label_object o"
            " WHERE o.version_id = v.id) FROM label_version v JOIN lease e ON e.id = v.lease_id"
            " JOIN task t ON t.id = e.task_id WHERE e.project_id = %s AND t.stage = 'label'"
            " AND v.kind = 'submitted'"
        ):
            images.setdefault(person, set()).add(asset)
            objects[person] = objects.get(person, 0) + number
        milliseconds: dict[UUID, int] = {}
        cost: dict[UUID, dict[str, Decimal]] = {}
        for person, currency, hourly, ms in self.rows(
            "SELECT e.user_id, r.currency, r.hourly, sum(e.ms)::bigint FROM time_entry e"
            " LEFT JOIN team_rate r ON r.team_id = e.team_id"  # each team has one rate here
            " WHERE e.project_id = %s AND e.state = 'counted'"
            " GROUP BY e.user_id, r.currency, r.hourly"
        ):
            milliseconds[person] = milliseconds.get(person, 0) + ms
            if hourly is not None:
                cost.setdefault(person, {})[currency] = hourly * ms / 3_600_000
        return {
            who: Person(
                len(images.get(who, ())),
                objects.get(who, 0),
                milliseconds.get(who, 0) / 1000,
                cost.get(who, {}),
            )
            for who in images.keys() | milliseconds.keys()
        }

    def agreement(self) -> dict[frozenset[UUID], tuple[int, float]]:
        """Pairs of people: images and mean IoU in per cent, computed from the pixels.

        Holds where each person drew at most one object of a class on an image.
        """
        found: dict[frozenset[UUID], list[float]] = {}
        opinions: dict[UUID, list[tuple[UUID, UUID]]] = {}
        for asset, person, version in self.rows(
            "SELECT asset_id, person_id, version_id FROM consensus_opinion WHERE project_id = %s"
        ):
            opinions.setdefault(asset, []).append((person, version))
        for people in opinions.values():
            for at, (one, its_version) in enumerate(people):
                for other, other_version in people[at + 1 :]:
                    iou = mean_iou(self.masks(its_version), self.masks(other_version))
                    found.setdefault(frozenset((one, other)), []).append(100 * iou)
        return {pair: (len(values), sum(values) / len(values)) for pair, values in found.items()}

    def golds(self) -> dict[UUID, tuple[int, float]]:
        """People: golds that they did and their mean IoU in per cent, from the pixels."""
        found: dict[UUID, list[float]] = {}
        for person, version, expected in self.rows(
            "SELECT v.author_id, v.id, g.version_id FROM task t JOIN gold g ON g.id = t.gold_id"
            " JOIN lease e ON e.task_id = t.id JOIN label_version v ON v.lease_id = e.id"
            " WHERE t.project_id = %s AND v.kind = 'submitted'"
        ):
            iou = mean_iou(self.masks(version), self.masks(expected))
            found.setdefault(person, []).append(100 * iou)
        return {who: (len(values), sum(values) / len(values)) for who, values in found.items()}

    def masks(self, version_id: UUID) -> dict[UUID, "np.ndarray[Any, np.dtype[np.bool_]]"]:
        """By class."""
        found: dict[UUID, np.ndarray[Any, np.dtype[np.bool_]]] = {}
        for class_id, counts, height, width in self._connection.execute(
            "SELECT o.class_id, m.counts, a.height, a.width FROM label_object o"
            " JOIN mask m ON m.id = o.mask_id JOIN asset a ON a.id = m.asset_id"
            " WHERE o.version_id = %s",
            (version_id,),
        ):
            mask = decode(unpack(counts, (height, width)))
            found[class_id] = mask | found.get(class_id, np.zeros_like(mask))
        return found


def mean_iou(
    one: Mapping[UUID, "np.ndarray[Any, np.dtype[np.bool_]]"],
    other: Mapping[UUID, "np.ndarray[Any, np.dtype[np.bool_]]"],
) -> float:
    """Over all classes that either has."""
    values = [
        np.logical_and(one[key], other[key]).sum() / np.logical_or(one[key], other[key]).sum()
        if key in one and key in other
        else 0.0
        for key in one.keys() | other.keys()
    ]
    return float(np.mean(values)) if values else 1.0
