"""Two years of Fernhaven Instruments, an organisation that never was: from its founding to 30 October 2026."""

from __future__ import annotations

from collections.abc import Mapping

from adapters.sample import service_desk, tidewater
from adapters.sample.chart import ORGANISATION, Chart
from adapters.sample.commitments import Commitments
from adapters.sample.history import History, Value
from adapters.sample.people import ENDS, Chance, founding_staff
from adapters.sample.reviews import Reviews
from adapters.sample.statements import Statements
from adapters.sample.strategies import Strategies

SEED = 20261030
HEADER: Mapping[str, Value] = {"avow": 1, "organisation": ORGANISATION, "source": "sample"}
"""Without a reason of its own: each late line tells why."""


def tell(seed: int = SEED) -> History:
    """The whole story. The seed decides what chance does; the script stays."""
    history, chance = History(HEADER), Chance(seed)
    staff = founding_staff(chance)
    chart = Chart(history, staff)
    chart.tell()
    Strategies(history).tell()
    commitments = Commitments(history, staff, chart.heads)
    Reviews(history, staff, chance).tell()
    Statements(history, staff, chance, commitments).tell()
    service_desk.tell(history, commitments)
    tidewater.tell(history, staff, seed)
    history.say("clock.advanced", f"{ENDS} 18:00")
    return history
