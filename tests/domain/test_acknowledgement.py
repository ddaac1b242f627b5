"""What a person says about the revisions of a strategy."""

from dataclasses import replace

from domain.acknowledgement import (
    ACKNOWLEDGEMENT,
    AcknowledgedByAnother,
    Acknowledgement,
    AcknowledgementDeclined,
    AcknowledgementGiven,
    OtherDocument,
    Statement,
)
from domain.commitment import Seen
from domain.kernel import Actor, Party
from tests.support.specification import given, instant, on, some

FIRST, SECOND = Seen(revision=1, content_hash="a"), Seen(revision=2, content_hash="b")
GIVEN = AcknowledgementGiven(person=some("Anna"), strategy=some("north"), seen=FIRST, method="signed")
DECLINED = AcknowledgementDeclined(person=some("Anna"), strategy=some("north"), seen=FIRST)
FOR_ANNA = Actor(person=some("Bo"), on_behalf_of=Party("person", some("Anna")))


def test_a_revision_is_acknowledged() -> None:
    given(ACKNOWLEDGEMENT).when(on("2026-04-01", GIVEN)).then(
        Acknowledgement(
            person=some("Anna"),
            strategy=some("north"),
            statements=(
                Statement(
                    revision=1,
                    content_hash="a",
                    declined=False,
                    at=instant("2026-04-01"),
                    on_behalf=False,
                    method="signed",
                ),
            ),
        )
    )


def test_a_revision_is_declined_and_then_acknowledged_after_all() -> None:
    stream = given(ACKNOWLEDGEMENT, on("2026-04-01", DECLINED), on("2026-04-05", GIVEN))
    before, after = stream.as_of("2026-04-01").on(1), stream.as_of("2026-04-05").on(1)
    assert before is not None
    assert after is not None
    assert (before.declined, before.at) == (True, instant("2026-04-01"))
    assert (after.declined, after.at) == (False, instant("2026-04-05"))


def test_the_statements_on_each_revision_stand_side_by_side() -> None:
    stream = given(
        ACKNOWLEDGEMENT, on("2026-04-05", replace(DECLINED, seen=SECOND)), on("2026-04-01", replace(GIVEN, seen=FIRST))
    )
    assert [(each.revision, each.declined) for each in stream.as_of("2026-04-05").statements] == [(1, False), (2, True)]
    assert stream.as_of("2026-04-01").on(2) is None


def test_who_says_the_same_again_keeps_the_first_day() -> None:
    stream = given(ACKNOWLEDGEMENT, on("2026-04-01", GIVEN), on("2026-04-05", GIVEN))
    (statement,) = stream.as_of("2026-04-05").statements
    assert statement.at == instant("2026-04-01")


def test_ones_own_word_confirms_what_another_entered() -> None:
    stream = given(ACKNOWLEDGEMENT, on("2026-04-01", GIVEN).by(FOR_ANNA))
    assert stream.as_of("2026-04-01").statements[0].on_behalf
    own = stream.when(on("2026-04-02", GIVEN)).then().as_of("2026-04-02").statements[0]
    assert (own.on_behalf, own.at) == (False, instant("2026-04-01"))


def test_what_another_enters_again_takes_nothing_from_ones_own_word() -> None:
    stream = given(ACKNOWLEDGEMENT, on("2026-04-01", GIVEN), on("2026-04-02", GIVEN).by(FOR_ANNA))
    assert not stream.as_of("2026-04-02").statements[0].on_behalf
    other = stream.when(on("2026-04-03", DECLINED).by(FOR_ANNA)).then().as_of("2026-04-03").statements[0]
    assert other.on_behalf


def test_nobody_elses_statement_is_kept_here() -> None:
    stream = given(ACKNOWLEDGEMENT, on("2026-04-01", GIVEN))
    stream.when(on("2026-04-02", replace(GIVEN, person=some("Bo")))).then(AcknowledgedByAnother(some("Bo")))
    stream.when(on("2026-04-02", replace(DECLINED, strategy=some("south")))).then(AcknowledgedByAnother)


def test_one_number_stands_for_one_document() -> None:
    stream = given(ACKNOWLEDGEMENT, on("2026-04-01", GIVEN))
    stream.when(on("2026-04-02", replace(GIVEN, seen=Seen(revision=1, content_hash="z")))).then(OtherDocument(1))
