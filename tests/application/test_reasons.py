"""Some acts say why: a no, a restated figure, a departure from a rule. Of an import it is only recorded."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.application.scenes import Fields, entry, imported, published, recorded, refused, request, words
from tests.support.stage import Stage

Act = tuple[str, Fields]


def reviewed(stage: Stage) -> None:
    """A review that closed, with its first results published on 8 March."""
    stage.say(
        "review.opened",
        "2026-03-05",
        review="spring",
        kind="clarity_check",
        title="R",
        strategy="growth",
        questionnaire="clear-believable-implementable",
        participants=("ann",),
        closes=stage.day("2026-04-01"),
    )


def closed(stage: Stage) -> None:
    reviewed(stage)
    stage.say("review.closed", "2026-03-06", review="spring")
    stage.say("review.published", "2026-03-07", review="spring")


def offered(stage: Stage) -> None:
    stage.say("commitment.made", "2026-03-05", commitment="c", party_person="ann", strategy="growth", by="ann")
    stage.say("commitment.reassigned", "2026-03-06", commitment="c", party_person="bob", by="ann")


def nothing(_: Stage) -> None:
    pass


ACTS: list[tuple[Callable[[Stage], None], str, Fields]] = [
    (nothing, "acknowledgement.declined", {"person": "bob", "strategy": "growth"}),
    (nothing, "commitment.declined", {"party_person": "bob", "strategy": "growth"}),
    (offered, "commitment.declined", {"commitment": "c"}),
    (nothing, "exception.approved", {"strategy": "growth", "exception": "e", "objection": "unmeasurable"}),
    (reviewed, "review.extended", {"review": "spring"}),
    (closed, "review.withdrawn", {"review": "spring", "edition": 1}),
    (closed, "review.published", {"review": "spring"}),
    (closed, "review.published", {"review": "spring", "edition": 2}),
]


@pytest.mark.parametrize(("scene", "topic", "said"), ACTS)
class TestAReason:
    def fields(self, stage: Stage, topic: str, said: Fields) -> Fields:
        return said | ({"closes": stage.day("2026-05-01")} if topic == "review.extended" else {})

    @pytest.mark.parametrize("blank", [None, "", " \n"])
    def test_is_asked_for(self, scene: Callable[[Stage], None], topic: str, said: Fields, blank: str | None) -> None:
        stage = published()
        scene(stage)
        with refused(stage, "reason-required", "reason", topic=topic):
            stage.say(topic, "2026-03-08", by="bob", reason=blank, **self.fields(stage, topic, said))

    def test_is_kept(self, scene: Callable[[Stage], None], topic: str, said: Fields) -> None:
        stage = published()
        scene(stage)
        receipt = stage.say(topic, "2026-03-08", by="bob", reason="as it is", **self.fields(stage, topic, said))
        assert words(stage, recorded(stage, receipt).reason) == "as it is"

    def test_is_not_asked_of_an_import(self, scene: Callable[[Stage], None], topic: str, said: Fields) -> None:
        stage = published()
        scene(stage)
        line = entry(stage, topic, "2026-03-08", actor=imported(stage.person("bob")), **self.fields(stage, topic, said))
        assert recorded(stage, stage.ledger.execute(request(stage, line))).reason is None


@pytest.mark.parametrize(
    ("scene", "topic", "said"),
    [
        (nothing, "acknowledgement.given", {"person": "bob", "strategy": "growth"}),
        (nothing, "commitment.made", {"party_person": "bob", "strategy": "growth"}),
        (offered, "commitment.withdrawn", {"commitment": "c"}),
        (reviewed, "review.closed", {"review": "spring"}),
        (reviewed, "review.cancelled", {"review": "spring"}),
    ],
)
def test_other_acts_need_none(scene: Callable[[Stage], None], topic: str, said: Fields) -> None:
    stage = published()
    scene(stage)
    assert recorded(stage, stage.say(topic, "2026-03-08", by="bob", **said)).reason is None


def test_the_first_edition_of_results_needs_none() -> None:
    stage = published()
    reviewed(stage)
    stage.say("review.closed", "2026-03-06", review="spring")
    assert recorded(stage, stage.say("review.published", "2026-03-07", review="spring", edition=1)).reason is None


def test_reasons_are_sealed_under_their_author() -> None:
    stage = published()
    for by, subject in (("ann", stage.person("ann")), (None, stage.organisation)):
        receipt = stage.say("commitment.made", "2026-03-05", party_person="ann", strategy="growth", by=by, reason="why")
        reason = recorded(stage, receipt).reason
        assert reason is not None
        assert (reason.subject, reason.text) == (subject, None)
