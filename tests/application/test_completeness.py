"""Every command is said in these specifications, and every rule of their handlers says no in one."""

from __future__ import annotations

from pathlib import Path

import pytest

from application import (
    acknowledgement,
    agreement,
    charter,
    commitment,
    confiding,
    deciding,
    desk,
    desk_rules,
    duty,
    erasure,
    goal,
    ledger,
    organisation,
    person,
    report,
    reporting,
    retention,
    review,
    strategy,
    subject,
)
from application.catalogue import commands
from domain.catalogue import CATALOGUE
from domain.kernel import Refusal

MODULES = (
    acknowledgement,
    agreement,
    charter,
    commitment,
    confiding,
    deciding,
    desk,
    desk_rules,
    duty,
    erasure,
    goal,
    ledger,
    organisation,
    person,
    report,
    reporting,
    retention,
    review,
    strategy,
    subject,
)
SAID = "".join(path.read_text() for path in sorted(Path(__file__).parent.glob("test_*.py")) if path != Path(__file__))


def rules() -> list[type[Refusal]]:
    """The refusals that these modules declare."""
    found = (each for module in MODULES for each in vars(module).values())
    own = {module.__name__ for module in MODULES}
    kinds = {each for each in found if isinstance(each, type) and issubclass(each, Refusal) and each.__module__ in own}
    return sorted(kinds, key=lambda each: each.__name__)


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.__name__)
def test_every_rule_says_no_in_a_specification(rule: type[Refusal]) -> None:
    code = rule.__new__(rule).code
    assert f'"{code}"' in SAID, f"no specification is refused by {code}"


@pytest.mark.parametrize("topic", sorted(commands()))
def test_every_command_is_said_in_a_specification(topic: str) -> None:
    act = topic.partition(".")[2]
    assert f'"{topic}"' in SAID or f'"{act}"' in SAID, f"no specification says {topic}"


def test_every_event_has_a_command_and_every_command_an_event() -> None:
    assert set(commands()) == set(CATALOGUE)
