"""Constituencies: who represents them, what they are asked, and what their word comes to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domain.acknowledgement import ACKNOWLEDGEMENT, Acknowledgement, AcknowledgementDeclined, AcknowledgementGiven
from domain.commitment import Seen
from domain.constituency import (
    CONSTITUENCY,
    AskedOfAnotherStrategy,
    Constituency,
    ConstituencyAsked,
    ConstituencyNamed,
    ConstituencyReleased,
    ConstituencyUnknown,
    NotAskedFor,
    RepresentativeEnded,
    RepresentativeNamed,
    RepresentsAlready,
    RepresentsNot,
)
from domain.constituency_figures import Ground, Word, asks_of, figures, side_by_side, there, word
from domain.element import Element
from domain.kernel import Actor, Content, Party
from domain.obligation import first_day, moves, present_day
from domain.person import PERSON, GuestInvited, Person, PersonLeft
from domain.publication import Publication
from domain.strategy import Strategy
from domain.temporal import Fact
from tests.support.specification import Said, given, instant, on, some

RITA, RAUL, GROWTH = some("Rita"), some("Raul"), some("growth")
NAMED = on("2026-03-01", ConstituencyNamed(key="p", name="Patients", kind="clients"))


def represented(who: str = "Rita", at: str = "2026-03-02") -> Said:
    """Somebody speaks for it."""
    return on(at, RepresentativeNamed(person=some(who)))


def asked(at: str, **said: Any) -> Said:  # each of the type that its field has
    """What it is asked."""
    fields: dict[str, Any] = {"ask": "a", "strategy": GROWTH, "elements": ("promise",), "text": "Tell us", **said}
    return on(at, ConstituencyAsked(**fields))


def test_it_is_named_first_and_named_anew() -> None:
    given(CONSTITUENCY).when(represented()).then(ConstituencyUnknown)
    renamed = on("2026-04-01", ConstituencyNamed(name="People we care for", kind="clients"))
    story = given(CONSTITUENCY, NAMED, renamed)
    assert (story.as_of("2026-03-31").name, story.as_of("2026-04-01").name) == ("Patients", "People we care for")
    assert (story.as_of("2026-04-01").key, story.as_of("2026-04-01").named_at) == ("p", instant("2026-03-01"))


def test_somebody_represents_it_for_a_time() -> None:
    story = given(CONSTITUENCY, NAMED, represented(), on("2026-03-12", RepresentativeEnded(person=RITA)))
    speaking = [story.as_of("2026-12-31").speaking(instant(day)) for day in ("2026-03-01", "2026-03-02", "2026-03-12")]
    assert speaking == [(), (RITA,), ()]
    given(CONSTITUENCY, NAMED, represented()).when(represented(at="2026-03-03")).then(RepresentsAlready)
    story.when(on("2026-03-13", RepresentativeEnded(person=RITA))).then(RepresentsNot)


def test_what_is_asked_goes_on_or_is_new() -> None:
    story = given(
        CONSTITUENCY,
        NAMED,
        asked("2026-03-05", by_when=date(2026, 3, 20)),
        asked("2026-03-10", text="Tell us soon", by_when=date(2026, 3, 25)),
        asked("2026-03-15", elements=("promise", "vision")),
    )
    (first,) = story.as_of("2026-03-10").asks(instant("2026-03-10"))
    assert (first.since, first.text, moves(first.by_whens)) == (instant("2026-03-05"), "Tell us soon", 1)
    assert (first_day(first.by_whens), present_day(first.by_whens)) == (date(2026, 3, 20), date(2026, 3, 25))
    (second,) = story.as_of("2026-03-15").asks(instant("2026-03-15"))
    assert (second.since, second.elements) == (instant("2026-03-15"), ("promise", "vision"))


def test_what_is_asked_stays_with_its_strategy_and_ends() -> None:
    story = given(CONSTITUENCY, NAMED, asked("2026-03-05"))
    story.when(asked("2026-03-06", strategy=some("other"))).then(AskedOfAnotherStrategy("a"))
    story.when(on("2026-03-06", ConstituencyReleased(ask="b"))).then(NotAskedFor("b"))
    ended = story.when(on("2026-03-06", ConstituencyReleased(ask="a"))).then()
    assert ended.as_of("2026-03-06").asks(instant("2026-03-06")) == ()


def test_what_it_does_not_know_changes_nothing() -> None:
    fact = Fact(some("s"), 1, 1, instant("2026-03-04"), Actor(), PersonLeft())
    assert CONSTITUENCY.evolve(Constituency(), fact) == Constituency()


def publication(revision: int, at: str, *touches: str, material: bool = True) -> Publication:
    """A revision of two elements."""
    return Publication(
        revision=revision,
        material=material,
        published_at=instant(at),
        in_force_from=instant(at),
        published_by=None,
        elements=(
            Element(id="vision", kind="vision", text="V"),
            Element(id="promise", kind="differentiator", text="P"),
        ),
        content_hash=f"h{revision}",
        touches=touches,
        submitted=True,
    )


def guest(*more: Said) -> Person:
    """Somebody invited on 1 March."""
    return given(PERSON, on("2026-03-01", GuestInvited()), *more).as_of("2026-12-31")


def said(person: str, at: str, revision: int = 1, *, declined: bool = False, behalf: bool = False) -> Acknowledgement:
    """One statement."""
    kind = AcknowledgementDeclined if declined else AcknowledgementGiven
    content: Content = kind(
        person=some(person), strategy=GROWTH, seen=Seen(revision=revision, content_hash=f"h{revision}")
    )
    actor = Actor(person=some("Cleo"), on_behalf_of=Party("person", some(person))) if behalf else Actor()
    return given(ACKNOWLEDGEMENT, on(at, content).by(actor)).as_of("2026-12-31")


def ground(*acknowledgements: Acknowledgement, at: str = "2026-04-30", later: tuple[Publication, ...] = ()) -> Ground:
    """The strategy in force since 3 March, and two guests."""
    return Ground(
        strategy=GROWTH,
        document=Strategy(
            drafted_at=instant("2026-03-01"), publications=(publication(1, "2026-03-03", "vision", "promise"), *later)
        ),
        people={RITA: guest(), RAUL: guest()},
        acknowledgements={some(str(number)): each for number, each in enumerate(acknowledgements)},
        reviews={},
        responses={},
        conversations={},
        at=instant(at),
        today=date.fromisoformat(at),
    )


def patients(*more: Said) -> Constituency:
    """Represented by Rita and Raul, asked about the promise from 5 March on."""
    story = given(
        CONSTITUENCY, NAMED, represented(), represented("Raul"), asked("2026-03-05", by_when=date(2026, 3, 20)), *more
    )
    return story.as_of("2026-12-31")


VISION, PROMISE = (publication(2, "2026-04-01", each) for each in ("vision", "promise"))


@pytest.mark.parametrize(
    ("found", "later", "expected"),
    [
        (None, (), Word.NONE),
        (said("Rita", "2026-03-08"), (), Word.ACKNOWLEDGED),
        (said("Rita", "2026-03-08", declined=True), (), Word.DECLINED),
        (said("Rita", "2026-03-08", behalf=True), (), Word.ON_BEHALF),
        (said("Rita", "2026-03-04"), (), Word.NONE),
        (said("Rita", "2026-03-08"), (VISION,), Word.ACKNOWLEDGED),
        (said("Rita", "2026-03-08"), (PROMISE,), Word.OUTDATED),
        (said("Rita", "2026-03-08"), (replace(PROMISE, material=False),), Word.ACKNOWLEDGED),
        (said("Rita", "2026-04-02", 2), (PROMISE,), Word.ACKNOWLEDGED),
        (said("Rita", "2026-03-08", 2), (PROMISE,), Word.NONE),
    ],
)
def test_a_word_counts_as_long_as_nothing_it_is_about_was_touched(
    found: Acknowledgement | None, later: tuple[Publication, ...], expected: Word
) -> None:
    rests_on = ground(*([found] if found else []), later=later)
    (ask,) = asks_of(rests_on, patients())
    assert word(rests_on, ask, RITA) is expected


def test_a_word_on_a_revision_to_come_counts_from_then_on_and_the_one_before_it_until_then() -> None:
    coming = replace(PROMISE, published_at=instant("2026-03-10"))
    no, yes = said("Raul", "2026-03-08", declined=True), said("Raul", "2026-03-12", 2)
    both = replace(no, statements=(*no.statements, *yes.statements))
    for at, expected in (("2026-03-15", (Word.DECLINED, Word.EARLY)), ("2026-04-01", (Word.ACKNOWLEDGED,) * 2)):
        rests_on = ground(both, said("Rita", "2026-03-12", 2), at=at, later=(coming,))
        (ask,) = asks_of(rests_on, patients())
        assert (word(rests_on, ask, RAUL), word(rests_on, ask, RITA)) == expected
        ((one,),) = [each.asks for each in figures(rests_on, {some("patients"): patients()})]
        assert one.acknowledged + one.declined + one.outdated + one.on_behalf + one.early + one.open == 2


def test_ones_own_word_goes_before_what_others_entered_while_it_is_not_outdated() -> None:
    own, entered = said("Rita", "2026-03-08"), said("Rita", "2026-04-03", 2, behalf=True)
    both = replace(own, statements=(*own.statements, *entered.statements))
    for later, expected in ((VISION, Word.ACKNOWLEDGED), (PROMISE, Word.ON_BEHALF)):
        rests_on = ground(both, later=(later,))
        (ask,) = asks_of(rests_on, patients())
        assert word(rests_on, ask, RITA) is expected


def test_of_the_whole_strategy_any_material_revision_outdates_it() -> None:
    rests_on = ground(said("Rita", "2026-03-08"), later=(VISION,))
    (ask,) = asks_of(rests_on, patients(asked("2026-03-06", elements=())))
    assert word(rests_on, ask, RITA) is Word.OUTDATED


def test_each_constituency_is_counted_by_itself() -> None:
    rests_on = ground(said("Rita", "2026-03-08"), at="2026-03-21")
    (found,) = figures(rests_on, {some("p"): patients(), some("q"): Constituency()})
    (ask,) = found.asks
    assert (ask.representatives, ask.acknowledged, ask.open, ask.overdue) == (2, 1, 1, True)
    (element,) = side_by_side((found,))
    assert (element.element, [each.acknowledged for each in element.constituencies]) == ("promise", [1])


def test_who_was_not_invited_then_or_left_does_not_speak() -> None:
    at = instant("2026-03-21")
    assert there(patients(), {RITA: guest()}, at) == (RITA,)
    assert there(patients(), {RITA: guest(on("2026-03-10", PersonLeft()))}, at) == ()
    late = given(PERSON, on("2026-03-05", GuestInvited())).as_of("2026-12-31")
    assert there(patients(), {RITA: late}, at) == ()


def test_what_is_asked_before_its_strategy_was_drafted_has_no_effect() -> None:
    early = given(CONSTITUENCY, on("2026-02-01", ConstituencyNamed(name="P", kind="clients")), asked("2026-02-02"))
    assert asks_of(ground(), early.as_of("2026-12-31")) == ()
