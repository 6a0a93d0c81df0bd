"""Pages at a quarter of their speed.

Chromium's throttling halts a thread for most of each fifth of a millisecond, by the clock. A rate
of 4 made a fixed loop take 4.2 to 5.4 times as long on one machine within the hour, the more the
other programs had to do. So the rate is found with that loop, once for each browser.
"""

import statistics
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache

from playwright.sync_api import Browser, CDPSession, Page

from tests.benchmarks.report import Row, row

SLOWDOWN = 4
#: Of Chromium's own scale.
FIRST_RATE = 4.0
ROUNDS = 5
CORRECTIONS = 3

LOOP = """(times) => {
  const loop = () => {
    let x = 0
    for (let step = 0; step < 400_000; step++) x = (x * 1103515245 + 12345) & 0x7fffffff
    return x
  }
  for (let round = 0; round < 20; round++) loop()
  return Array.from({ length: times }, () => {
    const began = performance.now()
    loop()
    return performance.now() - began
  })
}"""


def throttle(session: CDPSession, rate: float) -> None:
    """On Chromium's own scale; 1 is full speed."""
    session.send("Emulation.setCPUThrottlingRate", {"rate": rate})


@contextmanager
def at_quarter_speed(page: Page) -> Iterator[None]:
    browser = page.context.browser
    if browser is None:
        raise RuntimeError("The page's browser has been closed.")
    session = page.context.new_cdp_session(page)
    throttle(session, quarter_rate(browser))
    try:
        yield
    finally:
        throttle(session, 1)
        session.detach()


@cache
def quarter_rate(browser: Browser) -> float:
    """The rate at which a fixed loop takes four times as long."""
    rate = FIRST_RATE
    for _ in range(CORRECTIONS):
        excess = slowdown_at(browser, rate) - 1
        # What is lost grows evenly with the rate.
        rate = 1 + (rate - 1) * (SLOWDOWN - 1) / excess
    return rate


def slowdown_at(browser: Browser, rate: float) -> float:
    """How many times as long the loop takes as unthrottled, in turn."""
    with closing(browser.new_page()) as page:
        session = page.context.new_cdp_session(page)
        page.evaluate(LOOP, 1)
        ratios: list[float] = []
        for _ in range(ROUNDS):
            throttle(session, 1)
            plain = statistics.median(page.evaluate(LOOP, 21))
            throttle(session, rate)
            ratios.append(statistics.median(page.evaluate(LOOP, 21)) / plain)
    return statistics.median(ratios)


def speed_row(browser: Browser) -> Row:
    rate = quarter_rate(browser)
    return row(
        "throttled loop against the same at full speed",
        slowdown_at(browser, rate),
        "times",
        method=f"at Chromium's rate of {rate:.2f}, which was chosen for it: the rate of 4 made it "
        f"{slowdown_at(browser, FIRST_RATE):.2f} times",
    )
