"""Photographs of every page that a manager has, to be looked at."""

from pathlib import Path

from playwright.async_api import Browser, Page

PROJECT_PAGES = (
    "",
    "data",
    "ontology",
    "queue",
    "workflow",
    "reviews",
    "quality",
    "insights",
    "models",
    "exports",
    "settings",
)
PAGES = ("/", "/team", "/audit", "/account")
# An image further down loads when it is scrolled to.
_IS_DRAWN = """() => !document.querySelector('.loading') && [...document.images].every(
  (image) => image.complete || image.getBoundingClientRect().top > window.innerHeight)"""
SIZES = ((1440, 900), (1024, 768))


async def take_pictures(browser: Browser, signed_in: Page, path: str, folder: Path) -> None:
    """Each page as it stands and, where it is longer than the window, the whole of it."""
    state = await signed_in.context.storage_state()
    for scheme in ("light", "dark"):
        for width, height in SIZES:
            context = await browser.new_context(
                base_url="/".join(signed_in.url.split("/")[:3]),
                viewport={"width": width, "height": height},
                color_scheme="dark" if scheme == "dark" else "light",
                locale="en-GB",
                storage_state=state,
            )
            page = await context.new_page()
            for address in (*PAGES, *(f"{path}/{name}".rstrip("/") for name in PROJECT_PAGES)):
                await page.goto(address)
                await page.wait_for_load_state("load")
                await page.locator("h1").first.wait_for()
                await page.wait_for_function(_IS_DRAWN)
                name = address.replace(path, "project").strip("/").replace("/", "-") or "home"
                await page.screenshot(path=folder / f"{name}-{width}-{scheme}.png")
            await context.close()
