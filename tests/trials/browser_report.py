"""Holds what the dashboards say against what browsers were answered and what SQL finds."""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from uuid import UUID

from playwright.async_api import Page

from tests.support.crew import Ledger
from tests.trials.browser_hands import Labeler
from tests.trials.counted_in_sql import Counted
from tests.trials.dashboards import Dashboards, Row, rows_of


class Comparison:
    """What differs, in words."""

    def __init__(self) -> None:
        self.wrong: list[str] = []

    def equal(self, what: str, **counts: float | str | None) -> None:
        if len(set(counts.values())) != 1:
            self.wrong.append(f"{what}: {counts}")

    def near(self, what: str, within: float, **counts: float) -> None:
        if max(counts.values()) - min(counts.values()) > within:
            self.wrong.append(f"{what}: {counts}")


Section = Callable[[Comparison, Dashboards, Counted, Sequence[Labeler]], Awaitable[None]]


async def differences(
    page: Page,
    path: str,
    counted: Counted,
    labelers: Sequence[Labeler],
    ledger: Ledger,
    golds: int,
) -> list[str]:
    compare = Comparison()
    dashboards = Dashboards(page, path)
    sections: list[tuple[str, Section]] = [
        ("insights", partial(compare_work, golds=golds)),
        ("insights", compare_people),
        ("insights", compare_time),
        ("quality", partial(compare_verdicts, ledger=ledger)),
        ("quality", compare_agreement),
        ("gold", compare_golds),
    ]
    for name, section in sections:
        await dashboards.open_gold() if name == "gold" else await dashboards.open(name)
        try:
            await section(compare, dashboards, counted, labelers)
        except (LookupError, ValueError, AssertionError) as error:
            # What can't be read is a difference too, and the others are still to be looked at.
            compare.wrong.append(f"{name} could not be read: {error!r}")
    compare_ledger(compare, counted, labelers)
    return compare.wrong


async def compare_work(
    compare: Comparison,
    dashboards: Dashboards,
    counted: Counted,
    labelers: Sequence[Labeler],
    *,
    golds: int,
) -> None:
    shown, file = await dashboards.shown("throughput"), await dashboards.file("throughput")
    of_golds = counted.one(
        "SELECT count(*) FROM label_version v JOIN label l ON l.id = v.label_id"
        " WHERE l.project_id = %s AND l.is_gold"
    )
    compare.equal(
        "labels handed in",
        page=total(shown, "Handed in"),
        file=total(file, "Handed in (images)"),
        browsers=golds + sum(len(one.handed_in) for one in labelers) - of_golds,
        sql=counted.labels(),
    )
    compare.equal(
        "objects drawn",
        page=total(shown, "Objects"),
        file=total(file, "Objects (objects)"),
        sql=counted.objects(),
    )
    shown, file = await dashboards.shown("depth"), await dashboards.file("depth")
    images = counted.one("SELECT count(*) FROM asset WHERE project_id = %s AND deleted_at IS NULL")
    compare.equal(
        "images waiting",
        page=number(shown[-1]["Waiting"]),
        file=number(file[-1]["Waiting (images)"]),
        sql=counted.one(
            "SELECT count(DISTINCT asset_id) FROM task WHERE project_id = %s"
            " AND stage = 'label' AND state IN ('open', 'in_progress')"
        ),
    )
    compare.equal(
        "images done",
        page=number(shown[-1]["Handed in"]),
        file=number(file[-1]["Handed in (images)"]),
        sql=images,
    )
    shown = await dashboards.shown("classes")
    for name, objects in counted.rows(
        "SELECT c.name, count(*) FROM label l JOIN label_object o"
        " ON o.version_id = l.current_version_id JOIN ontology_class c ON c.id = o.class_id"
        # What several people's labels came to counts until one of them goes over it once more.
        " WHERE l.project_id = %s AND l.current_version_id = ("
        "  SELECT v.id FROM label n JOIN label_version v ON v.id = n.current_version_id"
        "  WHERE n.asset_id = l.asset_id ORDER BY v.created_at DESC LIMIT 1)"
        " GROUP BY c.name"
    ):
        [row] = [row for row in shown if row["Class"] == name]
        compare.equal(f"objects of {name}", page=number(row["Objects"]), sql=objects)


async def compare_people(
    compare: Comparison,
    dashboards: Dashboards,
    counted: Counted,
    labelers: Sequence[Labeler],
) -> None:
    shown = {row["Person"]: row for row in await dashboards.shown("people")}
    file = {row["Person"]: row for row in await dashboards.file("people")}
    persons = counted.persons()
    for one in labelers:
        found, on_page, in_file = persons[one.person_id], shown[one.name], file[one.name]
        compare.equal(
            f"images of {one.name}",
            page=number(on_page["Handed in"]),
            file=number(in_file["Handed in (images)"]),
            sql=found.images,
        )
        compare.equal(
            f"objects of {one.name}",
            page=number(on_page["Objects"]),
            file=number(in_file["Objects (objects)"]),
            browser=sum(one.handed_in.values()),
            sql=found.objects,
        )
        compare.near(
            f"seconds of {one.name}",
            0.06,
            file=number(in_file["Counted time (s)"]),
            sql=found.seconds,
        )


async def compare_time(
    compare: Comparison,
    dashboards: Dashboards,
    counted: Counted,
    labelers: Sequence[Labeler],
) -> None:
    persons = counted.persons()
    file = {row["name"]: row for row in await dashboards.file("time")}
    for one in labelers:
        row, found = file[one.name], persons[one.person_id]
        compare.equal(
            f"time of {one.name}", file=number(row["counted_seconds"]), sql=round(found.seconds, 3)
        )
        costs = dict(words.split()[::-1] for words in row["cost"].split("  ") if words)
        compare.equal(f"currencies of {one.name}", file=str([*costs]), sql=str([*found.cost]))
        for currency, amount in found.cost.items():
            compare.near(
                f"cost of {one.name}", 0.005, file=number(costs[currency]), sql=float(amount)
            )
        # Somebody who worked was there: no labeler has a day without time.
        if found.seconds < one.images * one.pauses_seconds * 0.5:
            compare.wrong.append(f"{one.name} worked longer than the {found.seconds} s counted")
    currencies = {name for person in persons.values() for name in person.cost}
    by_team = {row["name"]: row for row in await dashboards.file("time")}
    shown = (await dashboards.totals())["Cost"]
    for currency in currencies:
        amount = sum(float(person.cost.get(currency, 0)) for person in persons.values())
        sign = {"EUR": "€", "USD": "US$"}[currency]
        if f"{sign}{amount:,.2f}" not in shown:
            compare.wrong.append(f"cost in {currency}: page {shown!r}, sql {amount:.2f}")
    if not by_team:
        compare.wrong.append("no time at all")


async def compare_verdicts(
    compare: Comparison,
    dashboards: Dashboards,
    counted: Counted,
    labelers: Sequence[Labeler],
    *,
    ledger: Ledger,
) -> None:
    shown, file = await dashboards.shown("verdicts"), await dashboards.file("verdicts")
    for words, column, decision in (
        ("reviewed", "Reviewed", None),
        ("approved", "Approved", "approved"),
        ("sent back", "Sent back", "rejected"),
    ):
        compare.equal(
            f"labels {words}",
            page=total(shown, column),
            file=total(file, f"{column} (labels)"),
            reviewers=sum(decision in (None, each.decision) for each in ledger.verdicts),
            sql=counted.one(
                "SELECT count(*) FROM review_verdict WHERE project_id = %s"
                " AND (%s::text IS NULL OR decision = %s)",
                decision,
                decision,
            ),
        )


async def compare_agreement(
    compare: Comparison,
    dashboards: Dashboards,
    counted: Counted,
    labelers: Sequence[Labeler],
) -> None:
    ids = {one.name: one.person_id for one in labelers}
    file = {
        frozenset((ids[row["Person"]], ids[row["With"]])): row
        for row in await dashboards.file("agreement")
    }
    found = counted.agreement()
    compare.equal("pairs of people", file=len(file), sql=len(found))
    for pair, (images, iou) in found.items():
        row = file[pair]
        compare.equal("images of a pair", file=number(row["Images (images)"]), sql=images)
        compare.near("agreement of a pair", 0.06, file=number(row["Mean IoU (%)"]), pixels=iou)


async def compare_golds(
    compare: Comparison,
    dashboards: Dashboards,
    counted: Counted,
    labelers: Sequence[Labeler],
) -> None:
    names = {one.person_id: one.name for one in labelers}
    table = (
        dashboards.page.locator("section")
        .filter(has_text="How people do")
        .get_by_role("table")
        .first
    )
    shown: dict[str, Row] = {row["Person"]: row for row in await rows_of(table)}
    found = counted.golds()
    compare.equal("people with golds", page=len(shown), sql=len(found))
    for person, (attempts, iou) in found.items():
        row = shown[names[person]]
        compare.equal(
            f"golds of {names[person]}", page=number(row["Golds"].split()[-1]), sql=attempts
        )
        compare.near(f"IoU of {names[person]}", 0.51, page=number(row["IoU"]), pixels=iou)


def compare_ledger(compare: Comparison, counted: Counted, labelers: Sequence[Labeler]) -> None:
    """What was taken is there, once, and nothing was two people's."""
    kept: dict[UUID, int] = dict(
        counted.rows(
            "SELECT v.id, (SELECT count(*) FROM label_object o WHERE o.version_id = v.id)"
            " FROM label_version v JOIN label l ON l.id = v.label_id WHERE l.project_id = %s"
        )
    )
    told = {version: n for one in labelers for version, n in one.handed_in.items()}
    lost = [str(version) for version, n in told.items() if kept.get(version) != n]
    if lost:
        compare.wrong.append(f"{len(lost)} labels that were taken are lost or changed: {lost[:3]}")
    compare.equal(
        "labels that were handed in twice under one lease",
        sql=counted.one(
            "SELECT count(*) - count(DISTINCT v.lease_id) FROM label_version v"
            " JOIN lease e ON e.id = v.lease_id WHERE e.project_id = %s AND v.kind = 'submitted'"
        ),
        wanted=0,
    )
    compare.equal(
        "leases of one task that overlap",
        sql=counted.one(
            "SELECT count(*) FROM lease a"
            " JOIN lease b ON b.task_id = a.task_id AND b.fence > a.fence"
            " WHERE a.project_id = %s AND b.granted_at < a.ended_at"
        ),
        wanted=0,
    )
    compare.equal(
        "labels that came too late",
        sql=counted.one(
            "SELECT count(*) FROM label_version v JOIN label l ON l.id = v.label_id"
            " WHERE l.project_id = %s AND v.kind = 'orphan'"
        ),
        wanted=0,
    )


def total(rows: Sequence[Row], column: str) -> float:
    return sum((number(row[column]) for row in rows), 0.0)


def number(words: str) -> float:
    """`1,234`, `45.2 %` and a dash as numbers."""
    text = words.replace(",", "").replace("%", "").strip()
    return 0.0 if text in {"", "\N{EN DASH}"} else float(text)
