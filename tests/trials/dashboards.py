"""What a manager reads: the tables of the dashboards' pages, and their files."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass

from playwright.async_api import Locator, Page, expect

Row = Mapping[str, str]


@dataclass(frozen=True)
class Dashboards:
    """A manager's browser in one project."""

    page: Page
    path: str

    async def open(self, name: str) -> None:
        await self.page.goto(f"{self.path}/{name}")
        await expect(self.page.locator("[data-report]").first).to_be_visible()
        await expect(self.page.locator(".loading")).to_have_count(0)

    async def open_gold(self) -> None:
        await self.open("quality")
        await self.page.get_by_role("tab", name="Gold").click()

    async def group_time_by(self, words: str) -> None:
        await self._card("time").get_by_role("button", name="Rows").click()
        await self.page.get_by_role("option", name=words).click()
        await expect(self._card("time").locator(".loading")).to_have_count(0)

    async def shown(self, report: str) -> list[Row]:
        """A card's table, as its page shows it."""
        card = self._card(report)
        other_way = card.get_by_role("button", name="Table", exact=True)
        if await other_way.count():
            await other_way.click()
        return await rows_of(card.get_by_role("table"))

    async def totals(self) -> Row:
        """The figures above the table of time and cost."""
        pairs = self._card("time").locator(".time-totals > div")
        names = await pairs.locator("dt").all_inner_texts()
        # The second line of some says what they are divided by.
        values = await pairs.locator("dd:first-of-type").all_inner_texts()
        return dict(zip(names, values, strict=True))

    async def file(self, report: str) -> list[Row]:
        """The CSV behind a card's link."""
        link = self._card(report).locator("a.report-card__csv")
        address = await link.get_attribute("href")
        if address is None:
            raise LookupError(f"The card {report} has no link to its file.")
        answer = await self.page.context.request.get(address)
        text = (await answer.body()).decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text)))

    def _card(self, report: str) -> Locator:
        return self.page.locator(f"[data-report={report}]")


async def rows_of(table: Locator) -> list[Row]:
    await expect(table).to_be_visible()
    names = await table.locator("thead th").all_inner_texts()
    return [
        dict(zip(names, await row.locator("th, td").all_inner_texts(), strict=True))
        for row in await table.locator("tbody tr").all()
    ]
