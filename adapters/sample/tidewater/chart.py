"""Tidewater's people come and go, and its two installing teams become one."""

from __future__ import annotations

from adapters.sample.chart import Chart
from adapters.sample.people import ADMINISTRATOR, FOUNDED, Stay
from adapters.sample.tidewater.people import STRATEGIST

LEFT = (
    ("tw-moulding", 6, "2025-01-31"), ("tw-final-line", 9, "2025-03-31"), ("tw-care", 5, "2025-04-30"),
    ("tw-night", 7, "2025-05-31"), ("tw-night", 9, "2025-06-30"), ("tw-electronics", 8, "2025-08-31"),
    ("tw-south", 4, "2025-10-31"), ("tw-software", 11, "2025-12-31"), ("tw-final-line", 15, "2026-02-28"),
    ("tw-night", 11, "2026-03-31"), ("tw-flow", 6, "2026-05-31"), ("tw-depot", 5, "2026-08-31"),
)  # fmt: skip
"""Who left: the unit, the number on its founding list, the last day's morrow."""
CAME = (
    ("tw-moulding", "associate", "2025-02-17"), ("tw-final-line", "associate", "2025-05-05"),
    ("tw-software", "specialist", "2025-06-02"), ("tw-night", "associate", "2025-07-14"),
    ("tw-radio", "specialist", "2025-09-01"), ("tw-night", "associate", "2025-09-15"),
    ("tw-care", "associate", "2025-10-01"), ("tw-software", "specialist", "2026-01-12"),
    ("tw-benches", "associate", "2026-03-02"), ("tw-north", "specialist", "2026-04-13"),
    ("tw-final-line", "associate", "2026-06-01"), ("tw-flow", "specialist", "2026-07-06"),
)  # fmt: skip
"""Who came."""
MERGED = "2026-01-01"


class TidewaterChart(Chart):
    """Tells the business's part of the chart."""

    def tell(self) -> None:
        """From the founding on; the one late leaving counts from the day on which it truly was."""
        self._found_units()
        self.history.say("access.granted", FOUNDED, person=STRATEGIST, role="strategist")
        for unit, number, day in LEFT:
            late = unit == "tw-depot"
            self._leave(
                self.staff.of(unit, FOUNDED)[number],
                day,
                entered="2026-09-21" if late else None,
                reason="the depot reported it with the stocktaking" if late else None,
            )
        for unit, rank, day in CAME:
            self._hire(unit, rank, day)
        self._one_installing_team()

    def _one_installing_team(self) -> None:
        """East and West become Installations, known a month before; whoever was in West is in East then."""
        say, known = self.history.say, {"entered": "2025-12-01", "actor": ADMINISTRATOR}
        say("unit.merged", MERGED, unit="tw-west", into="tw-east", **known)
        say("unit.renamed", MERGED, unit="tw-east", name="Installations", **known)
        for person in self.staff.of("tw-west", "2025-12-31"):
            person.stays[-1].until = MERGED
            person.stays.append(Stay("tw-east", MERGED))
