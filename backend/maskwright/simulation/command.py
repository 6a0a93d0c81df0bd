"""`maskwright simulate-queue`: what the hand-out does with a crowd, in numbers and in a plot."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from maskwright.db.migrations import upgrade_to_head
from maskwright.launcher.disposable import disposable_servers
from maskwright.resources import open_resources
from maskwright.settings import DatabaseSettings, RedisSettings, Settings
from maskwright.simulation.crowd import Crowd, Outcome, equal_shares, longest_first
from maskwright.simulation.plot import plot
from maskwright.simulation.run import Simulation


def simulate(crowd: Crowd, *, file: Path, settings: Settings) -> list[Outcome]:
    """Run the crowd three ways, on servers that are thrown away; writes the plot to `file`."""
    outcomes = [equal_shares(crowd), longest_first(crowd), run_ours(crowd, settings)]
    file.write_text(plot(outcomes, crowd.fluid_bound_seconds))
    return outcomes


def run_ours(crowd: Crowd, settings: Settings) -> Outcome:
    with (
        TemporaryDirectory(prefix="maskwright-simulation-") as folder,
        disposable_servers(Path(folder) / "s") as (database_url, redis_url),
    ):
        own = settings.model_copy(
            update={
                "database": DatabaseSettings(url=database_url),
                "redis": RedisSettings(url=redis_url),
                "home": Path(folder) / "home",
            }
        )
        upgrade_to_head(own.database.sqlalchemy_url)
        resources = open_resources(own)
        try:
            return Simulation(resources, crowd).run()
        finally:
            resources.close()


def table(outcomes: Sequence[Outcome], bound_seconds: float) -> str:
    """The outcomes in lines that a person can read."""
    head = f"{'':26}{'makespan':>10}{'of bound':>10}{'idle':>7}{'gap p95':>10}   images each"
    lines = [f"Nothing can be done before {bound_seconds / 3600:.2f} h.", "", head]
    for outcome in outcomes:
        gap = f"{outcome.gap_p95_seconds * 1000:.0f} ms" if outcome.gaps else "none"
        each = f"{min(outcome.images)} to {max(outcome.images)}"
        lines.append(
            f"{outcome.name:26}{outcome.makespan_seconds / 3600:>8.2f} h"
            f"{outcome.makespan_seconds / bound_seconds:>10.3f}{outcome.idle_share:>7.1%}"
            f"{gap:>10}   {each}"
        )
    return "\n".join(lines)
