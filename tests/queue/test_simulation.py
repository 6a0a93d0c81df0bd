"""The simulated crowd at the real queue."""

from pathlib import Path
from xml.etree import ElementTree as ET

from maskwright.simulation.command import table
from maskwright.simulation.crowd import Crowd, equal_shares, longest_first
from maskwright.simulation.plot import plot
from maskwright.simulation.run import Simulation
from maskwright.work import Resources

CROWD = Crowd.of(people=6, images=150, spread=20, mean_seconds=60, seed=3)


def test_handing_out_by_pace_is_done_long_before_equal_shares(resources: Resources) -> None:
    ours = Simulation(resources, CROWD).run()

    assert sum(ours.images) == 150
    assert CROWD.fluid_bound_seconds <= ours.makespan_seconds
    assert ours.makespan_seconds < 0.5 * equal_shares(CROWD).makespan_seconds
    assert ours.images[0] < ours.images[-1], "The slowest had more than the fastest."
    assert ours.gap_p95_seconds <= 0.1
    with resources.database.open_session() as session:
        connection = session.connection().connection.driver_connection
        assert connection is not None
        counting = connection.execute("SELECT count(*), count(DISTINCT task_id) FROM lease")
        assert counting.fetchone() == (150, 150), "An image was handed out twice."


def test_the_outcomes_are_told_and_plotted(tmp_path: Path) -> None:
    outcomes = [equal_shares(CROWD), longest_first(CROWD)]
    bound = CROWD.fluid_bound_seconds

    told = table(outcomes, bound)
    drawn = ET.fromstring(plot(outcomes, bound))

    assert "Equal shares" in told
    assert len(drawn.findall(".//{*}rect")) == 1 + 2 * 2 * 6
    assert outcomes[1].makespan_seconds < outcomes[0].makespan_seconds
