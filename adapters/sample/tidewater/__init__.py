"""Tidewater Metering: the third business of Fernhaven, with a strategy, people and reviews of its own."""

from __future__ import annotations

from adapters.sample.history import History
from adapters.sample.people import Chance, Staff, founding_staff
from adapters.sample.tidewater import ways
from adapters.sample.tidewater.audits import Audits
from adapters.sample.tidewater.chart import TidewaterChart
from adapters.sample.tidewater.people import CAST, PLACES
from adapters.sample.tidewater.statements import Statements
from adapters.sample.tidewater.strategy import Strategy

__all__ = ["tell"]


def tell(history: History, others: Staff, seed: int) -> None:
    """Its two years. What chance does here is of another seed, so that neither story moves the other."""
    chance = Chance(seed + 1)
    staff = founding_staff(chance, PLACES, CAST, frozenset(others.everybody))
    chart = TidewaterChart(history, staff, PLACES)
    chart.tell()
    Strategy(history).tell()
    Audits(history, staff, chance).tell()
    statements = Statements(history, staff, chance, chart.heads)
    statements.tell()
    ways.tell(history, staff, statements.commitments, chance)
