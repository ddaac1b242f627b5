"""What reading and writing the stored read model share: which versions there are."""

from __future__ import annotations

from typing import Any, LiteralString

from application.projections.model import Alarm, Version

SLOT: dict[int, LiteralString] = {
    1: "avow_read.states_1, avow_read.concerns_1, avow_read.texts_1",
    2: "avow_read.states_2, avow_read.concerns_2, avow_read.texts_2",
}
"""The tables behind each slot."""

VERSION: LiteralString = """
    select slot, cursor, fingerprint, events, alarm_cursor, alarm_reason, alarm_since
    from avow_read.versions
    where status = %s
"""


def version_from(row: tuple[Any, ...]) -> Version:  # what a driver's row holds
    """The version that a row of VERSION tells of."""
    slot, cursor, fingerprint, events, alarm_cursor, reason, since = row
    alarm = None if alarm_cursor is None else Alarm(alarm_cursor, reason, since)
    return Version(slot, cursor, fingerprint, events, alarm)
