"""Could a competitor sign it? Answered by each for themselves, about words that stand there."""

from __future__ import annotations

import pytest

from domain.strategy import STRATEGY
from tests.application.scenes import Fields, content, publish, published, refused, state, words


def test_it_is_about_the_draft_unless_a_revision_or_its_words_are_named() -> None:
    stage = published()
    publish(stage, "2026-03-10")
    stage.say(
        "strategy.revised", "2026-03-11", strategy="growth", element="vision", kind="vision", text="Other", by="ann"
    )
    told: list[Fields] = [{}, {"revision": 1}, {"statement": "As of 2026-03-10"}, {"revision": 2}]
    said: Fields = {"strategy": "growth", "element": "vision", "could_sign": True, "because": "we all say so"}
    made = [stage.say("strategy.tested", "2026-03-12", by="cy", **said, **each) for each in told]
    statements = [content(stage, each).statement for each in made]
    assert statements == ["Other", "Our vision", "As of 2026-03-10", "As of 2026-03-10"]
    assert content(stage, made[0]).person == stage.person("cy")
    assert words(stage, content(stage, made[0]).because) == "we all say so"
    assert [each.statement for each in state(stage, STRATEGY, made[0]).tested] == statements[:2] + statements[3:]


@pytest.mark.parametrize(
    ("code", "where", "said"),
    [
        ("target-element-unknown", "element", {"element": "nothing"}),
        ("revision-unknown", "revision", {"revision": 9}),
        ("reads-otherwise", "statement", {"statement": "What it never said"}),
    ],
)
def test_what_does_not_stand_there_is_not_answered(code: str, where: str, said: Fields) -> None:
    stage = published()
    fields: Fields = {"strategy": "growth", "element": "vision", "could_sign": False, **said}
    with refused(stage, code, where):
        stage.say("strategy.tested", "2026-03-12", by="cy", **fields)


def test_somebody_has_to_answer() -> None:
    stage = published()
    with refused(stage, "nobody-answers", "person"):
        stage.say("strategy.tested", "2026-03-12", strategy="growth", element="vision", could_sign=False)
