"""What follows when the results of a confidential review are withdrawn: their key is destroyed.

That nobody is shown them any more is so from the withdrawal on, at every instant; this makes it final. It may be done
again and again.
"""

from __future__ import annotations

from uuid import UUID

from application.confiding import results_key
from application.ledger import Ledger


def destroy_withdrawn(ledger: Ledger, organisation: UUID, after: int = 0) -> int:
    """Destroy the keys of all results that were withdrawn behind a position; tells up to which one that was done."""
    while page := ledger.ledger_recorder.select_positions(organisation, after=after, topics=["review.withdrawn"]):
        for each in page:
            if isinstance(each.originator_id, UUID):
                ledger.vault.erase(organisation, results_key(each.originator_id))
        after = page[-1].position
    return after
