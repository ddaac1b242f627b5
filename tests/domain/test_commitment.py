"""What can be said about a commitment, and what it becomes."""

from domain.commitment import COMMITMENT, CommitmentMade, CommitmentUnknown, CommitmentWithdrawn, Standing, Target, Terms
from domain.kernel import Party
from tests.support.specification import given, on, some

ANNA = Party("person", some("Anna"))
STRATEGY = Target(strategy=some("strategy"))
MADE = CommitmentMade(party=ANNA, target=STRATEGY, seen=None, terms=Terms(level="committed"))


def test_a_commitment_is_made() -> None:
    given(COMMITMENT).when(on("2026-04-01", MADE)).then(standing=Standing.OPEN, party=ANNA)


def test_nothing_can_be_said_before_it_is_made() -> None:
    given(COMMITMENT).when(on("2026-04-01", CommitmentWithdrawn())).then(CommitmentUnknown)
