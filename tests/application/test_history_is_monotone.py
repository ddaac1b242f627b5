"""With both times in the past an answer is the same for ever, byte for byte, whatever is learned later."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from application import answers, records
from application.questions import Questions
from application.states import Definition
from domain.bridge import bridge
from domain.scope import Scope
from tests.domain.histories import DAYS, START, STRATEGY_ID, UNITS, history_by
from tests.projections.keeping import ledger, record
from tests.support.specification import HERE, some


def asked_for(questions: Questions, day: int, position: int, scope: str) -> bytes:
    """Everything there is to be told of a day, as known at a position: the state, figures opened, a bridge."""
    asked = questions.ask(HERE, START + timedelta(days=day + 1, microseconds=-1), position)
    narrowed = Scope(unit=some(scope)) if scope != "U" else Scope()
    found = questions.alignment(asked, STRATEGY_ID, narrowed)
    before = questions.alignment(questions.ask(HERE, START + timedelta(days=1), position), STRATEGY_ID, narrowed)
    assert found is not None
    assert before is not None
    opened = {
        name: records.opened(questions, asked, found, name, records.records_of(found, name)) for name in found.figures
    }
    answer = answers.answered(
        asked, {"scope": scope}, [answers.alignment(found), opened, bridge(before, before, found)]
    )
    return msgspec.json.encode(answer, order="deterministic")


@given(chance=st.randoms(use_true_random=True))
def test_answers_of_the_past_never_change(chance: Random) -> None:
    history = history_by(chance)
    keeping, told = ledger(), [event for _, event in history.told]
    asked = sorted(
        (chance.randint(history.beginning, len(told)), chance.randint(1, DAYS), chance.choice(UNITS)) for _ in range(4)
    )
    then, recorded = dict[tuple[int, int, str], bytes](), 0
    for position, day, scope in asked:
        if told[recorded:position]:
            record(keeping, *told[recorded:position])
            recorded = position
        then[position, day, scope] = asked_for(Questions(keeping, Definition(keeping)), day, position, scope)
    if told[recorded:]:
        record(keeping, *told[recorded:])
    questions = Questions(keeping, Definition(keeping))
    for (position, day, scope), answer in then.items():
        assert asked_for(questions, day, position, scope) == answer


def test_before_the_first_event_the_answer_says_so() -> None:
    chance = Random(1)
    keeping = ledger()
    record(keeping, *(event for _, event in history_by(chance).told))
    questions = Questions(keeping, Definition(keeping))
    for asked in (questions.ask(HERE, datetime(2025, 12, 31, tzinfo=UTC)), questions.ask(HERE, START, 0)):
        answer = answers.answered(asked, {}, None)
        assert answer["answer"] == {"nothing_recorded": "the organisation had no event by then"}
