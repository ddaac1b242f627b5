"""Items in versions, needs, uses and hours: what is refused, what becomes of it, and the figures to the digit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from domain.at_hand import cells, of_elements, stale, unkept, used, words_of
from domain.draft import Draft
from domain.element import Element
from domain.kernel import Actor, Content, Refusal
from domain.knowledge import (
    KNOWLEDGE,
    ElementsOfNoStrategy,
    Knowledge,
    KnowledgeAlreadyCaptured,
    KnowledgeCaptured,
    KnowledgeIsRetired,
    KnowledgeNotCaptured,
    KnowledgeRetired,
    KnowledgeRevised,
    LanguageUnknown,
    NothingRevised,
    RevisedAndCleared,
    SaysNothing,
    Version,
)
from domain.need import (
    NEED,
    USE,
    AlreadyNeeded,
    AlreadyUsed,
    FoundBy,
    KnowledgeNeeded,
    KnowledgeNeedEnded,
    KnowledgeUsed,
    Need,
    NeedUnclear,
    NotNeeded,
    Use,
)
from domain.person import Person, Presence
from domain.search_time import (
    SEARCH_TIME,
    AverageOfNobody,
    HoursOfNobody,
    KnowledgeTimeStated,
    NoHours,
    SearchTime,
    StatedHours,
    saved_by,
    tells_of_nobody,
)
from domain.strategy import Strategy
from tests.support.specification import given, instant, on, some

CAPTURED = KnowledgeCaptured(
    key="terms",
    title="Terms",
    text="By the day.",
    language="en",
    strategy=some("north"),
    elements=("depots",),
    stages=("evaluation",),
    roles=("sales",),
    keeper=some("Anna"),
    unit=some("fleet"),
    review_by=date(2026, 3, 31),
)
ANNA = Actor(person=some("Anna"))
FIRST = Version(
    number=1, since=instant("2026-03-05"), author=some("Anna"), title="Terms", text="By the day.", language="en"
)
ITEM = Knowledge(
    captured_at=instant("2026-03-05"),
    key="terms",
    strategy=some("north"),
    elements=("depots",),
    stages=("evaluation",),
    roles=("sales",),
    keeper=some("Anna"),
    unit=some("fleet"),
    review_by=date(2026, 3, 31),
    versions=(FIRST,),
)
THERE = on("2026-03-05", CAPTURED).by(ANNA)


def test_an_item_is_captured_as_version_one() -> None:
    given(KNOWLEDGE).when(THERE).then(ITEM)


def test_another_text_is_the_next_version_and_the_rest_stays() -> None:
    second = replace(FIRST, number=2, since=instant("2026-03-10"), author=None, text="By the hour.")
    given(KNOWLEDGE, THERE).when(on("2026-03-10", KnowledgeRevised(text="By the hour."))).then(
        replace(ITEM, versions=(FIRST, second))
    )


def test_what_is_tied_otherwise_or_said_again_makes_no_version() -> None:
    stream = given(KNOWLEDGE, THERE)
    stream.when(on("2026-03-10", KnowledgeRevised(text="By the day.", review_by=date(2026, 6, 30)))).then(
        replace(ITEM, review_by=date(2026, 6, 30))
    )
    other = KnowledgeRevised(elements=("vision",), stages=("closing",), roles=("service",), keeper=some("Bob"))
    stream.when(on("2026-03-10", other)).then(
        replace(ITEM, elements=("vision",), stages=("closing",), roles=("service",), keeper=some("Bob"))
    )
    cleared = KnowledgeRevised(cleared=("elements", "stages", "roles", "keeper", "review_by"))
    stream.when(on("2026-03-10", cleared)).then(
        replace(ITEM, elements=(), stages=(), roles=(), keeper=None, review_by=None)
    )


def test_a_late_revision_takes_its_place_among_the_versions() -> None:
    late = given(KNOWLEDGE, THERE).when(on("2026-03-20", KnowledgeRevised(title="Terms of rent"))).then()
    after = late.when(on("2026-03-10", KnowledgeRevised(text="By the hour."))).then()
    assert [(each.number, each.title, each.text) for each in after.as_of("2026-03-20").versions] == [
        (1, "Terms", "By the day."),
        (2, "Terms", "By the hour."),
        (3, "Terms of rent", "By the hour."),
    ]


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (CAPTURED, KnowledgeAlreadyCaptured("Terms")),
        (KnowledgeRevised(), NothingRevised()),
        (KnowledgeRevised(keeper=some("Bob"), cleared=("keeper",)), RevisedAndCleared("keeper")),
        (KnowledgeRevised(text=" "), SaysNothing("text")),
        (KnowledgeRevised(title=""), SaysNothing("title")),
        (KnowledgeRevised(language="EN"), LanguageUnknown("EN")),
    ],
)
def test_what_is_no_revision(content: Content, refusal: Refusal) -> None:
    given(KNOWLEDGE, THERE).when(on("2026-03-10", content)).then(refusal)


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (replace(CAPTURED, title=""), SaysNothing("title")),
        (replace(CAPTURED, text="\n"), SaysNothing("text")),
        (replace(CAPTURED, language="english"), LanguageUnknown("english")),
        (replace(CAPTURED, strategy=None), ElementsOfNoStrategy()),
        (KnowledgeRevised(text="x"), KnowledgeNotCaptured("revised")),
        (KnowledgeRetired(), KnowledgeNotCaptured("retired")),
    ],
)
def test_what_is_no_item(content: Content, refusal: Refusal) -> None:
    given(KNOWLEDGE).when(on("2026-03-05", content)).then(refusal)


def test_elements_need_a_strategy_when_they_are_tied_later_too() -> None:
    of_none = on("2026-03-05", replace(CAPTURED, strategy=None, elements=()))
    given(KNOWLEDGE, of_none).when(on("2026-03-06", KnowledgeRevised(elements=("depots",)))).then(ElementsOfNoStrategy)


def test_a_retired_item_stays_and_takes_no_more() -> None:
    gone = given(KNOWLEDGE, THERE).when(on("2026-04-01", KnowledgeRetired()))
    gone.then(replace(ITEM, retired_at=instant("2026-04-01")))
    gone.when(on("2026-04-02", KnowledgeRevised(text="x"))).then(KnowledgeIsRetired("revised", instant("2026-04-01")))
    assert not replace(ITEM, retired_at=instant("2026-04-01")).standing


def test_it_is_stale_from_the_day_after_its_day_of_review() -> None:
    assert [ITEM.stale(date(2026, 3, 31)), ITEM.stale(date(2026, 4, 1))] == [False, True]
    gone = replace(ITEM, retired_at=instant("2026-03-31"))
    items = {some("a"): ITEM, some("b"): replace(ITEM, review_by=date(2026, 3, 1)), some("c"): gone}
    items[some("d")] = replace(ITEM, review_by=None)
    assert stale(items, date(2026, 4, 1)) == (some("b"), some("a"))
    assert set(unkept(items, [some("Bob")])) == {some("a"), some("b"), some("d")}
    assert unkept(items, [some("Anna")]) == ()


NEEDED = KnowledgeNeeded(role="sales", stage="evaluation", what="prices", strategy=some("north"))


def test_a_need_stands_ends_and_may_be_stated_again() -> None:
    stated = given(NEED).when(on("2026-03-05", NEEDED))
    stated.then(
        Need(since=instant("2026-03-05"), role="sales", stage="evaluation", what="prices", strategy=some("north"))
    )
    stated.when(on("2026-03-06", NEEDED)).then(AlreadyNeeded("prices"))
    ended = stated.when(on("2026-03-07", KnowledgeNeedEnded()))
    ended.then(until=instant("2026-03-07"))
    ended.when(on("2026-03-08", KnowledgeNeedEnded())).then(NotNeeded)
    ended.when(on("2026-03-08", NEEDED)).then(since=instant("2026-03-08"), until=None)
    given(NEED).when(on("2026-03-05", replace(NEEDED, stage=" "))).then(NeedUnclear("stage"))


def test_holes_are_where_something_is_needed_and_nothing_is_there() -> None:
    def need(role: str, stage: str, what: str, day: str = "2026-03-05") -> Need:
        return Need(since=instant(day), role=role, stage=stage, what=what)

    needs = {
        some("1"): need("Sales ", "Evaluation", "prices"),
        some("2"): need("sales", "evaluation", "rivals", "2026-03-06"),
        some("3"): need("sales", "closing", "signatures"),
        some("4"): replace(need("sales", "renewal", "news"), until=instant("2026-03-07")),
        some("5"): need("leads", "possibility", "questions"),
    }
    items = {
        some("a"): ITEM,
        some("b"): replace(ITEM, stages=("closing",), retired_at=instant("2026-03-06")),
        some("c"): replace(ITEM, roles=("leads",)),
        some("d"): replace(ITEM, roles=()),
    }
    found = [
        (each.role, each.stage, each.of_enrolment, each.needed, each.items, each.hole) for each in cells(needs, items)
    ]
    assert found == [
        ("leads", "possibility", True, ("questions",), (), True),
        ("sales", "closing", False, ("signatures",), (), True),
        ("Sales ", "Evaluation", False, ("prices", "rivals"), (some("a"),), False),
    ]
    assert words_of("  Sales\tPeople ") == "sales people"


def test_items_are_shown_by_element_with_none_too() -> None:
    elements = (Element(id="vision", kind="vision", text="V"), Element(id="depots", kind="big_bet", text="D"))
    strategy = Strategy(drafted_at=instant("2026-03-01"), draft=Draft(elements=elements))
    items = {
        some("a"): ITEM,
        some("b"): replace(ITEM, retired_at=instant("2026-03-06")),
        some("c"): replace(ITEM, strategy=None),
    }
    found = of_elements(strategy, items, some("north"), instant("2026-03-10"))
    assert [(each.element, each.in_force, each.items) for each in found] == [
        ("vision", True, ()),
        ("depots", True, (some("a"),)),
    ]


def use(day: str, person: str, item: str = "a", *, unaware: bool = False, way: FoundBy | None = None) -> Use:
    return Use(used_at=instant(day), knowledge=some(item), person=some(person), did_not_know=unaware, found_by=way)


def test_a_use_says_who_used_what() -> None:
    content = KnowledgeUsed(knowledge=some("a"), person=some("Bob"), did_not_know=True, found_by=FoundBy.SEARCH)
    told = given(USE).when(on("2026-03-10", content))
    told.then(use("2026-03-10", "Bob", unaware=True, way=FoundBy.SEARCH))
    told.when(on("2026-03-11", content)).then(AlreadyUsed)


def joined(day: str) -> Person:
    return Person(presences=(Presence(since=instant(day)),))


def test_a_use_by_somebody_who_was_away_then_has_no_effect() -> None:
    """Such as one whose leaving was corrected to an earlier day; back again, they use it as before."""
    stays = (Presence(since=instant("2026-01-02"), until=instant("2026-03-09")), Presence(since=instant("2026-04-01")))
    uses = {
        some("1"): use("2026-03-08", "Bob"),
        some("2"): use("2026-03-10", "Bob"),
        some("3"): use("2026-04-02", "Bob"),
    }
    found = used(uses, {some("a"): ITEM}, {some("Bob"): Person(presences=stays)})
    assert (set(found.uses), found.without_effect) == ({some("1"), some("3")}, (some("2"),))


def test_the_share_of_uses_of_what_was_unknown() -> None:
    people = {some("Bob"): joined("2026-01-02"), some("Dan"): joined("2026-03-11")}
    uses = {
        some("1"): use("2026-03-10", "Bob", unaware=True, way=FoundBy.SEARCH),
        some("2"): use("2026-03-11", "Dan"),
        some("3"): use("2026-03-12", "Dan", unaware=True),
        some("4"): use("2026-03-10", "Dan", unaware=True),
        some("5"): use("2026-03-04", "Bob", unaware=True),
        some("6"): use("2026-03-10", "Bob", "nowhere"),
    }
    found = used(uses, {some("a"): ITEM}, people)
    assert set(found.uses) == {some("1"), some("2"), some("3")}
    assert set(found.did_not_know) == {some("1"), some("3")}
    assert set(found.without_effect) == {some("4"), some("5"), some("6")}
    assert (found.percent, found.people) == (Decimal("66.67"), frozenset({some("Bob"), some("Dan")}))
    assert found.found_by == {FoundBy.SEARCH: 1, FoundBy.COLLEAGUE: 0, FoundBy.LIST: 0, FoundBy.OTHER: 0}
    assert used({}, {}, people).percent is None
    assert used(uses, {some("a"): ITEM}, people, lambda home: home is not None).uses == ()


def hours(*stated: str) -> SearchTime:
    entries = tuple(
        StatedHours(since=instant(f"2026-03-{number:02}"), hours=Decimal(text)) for number, text in enumerate(stated, 1)
    )
    return SearchTime(person=some("x"), stated=entries)


def test_hours_are_stated_over_time_the_first_is_the_baseline() -> None:
    said = KnowledgeTimeStated(person=some("Anna"), hours="6")
    stream = given(SEARCH_TIME, on("2026-03-05", said), on("2026-04-01", replace(said, hours="2.5")))
    assert stream.as_of("2026-03-31").saved is None
    assert stream.as_of("2026-04-01").saved == Decimal("3.5")
    late = stream.when(on("2026-03-01", replace(said, hours="8"))).then()
    assert late.as_of("2026-04-01").saved == Decimal("5.5")
    same = stream.when(on("2026-04-01", replace(said, hours="2"))).then().as_of("2026-04-01")
    assert [each.hours for each in same.stated] == [6, 2]


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (KnowledgeTimeStated(hours="1"), HoursOfNobody()),
        (KnowledgeTimeStated(person=some("A"), unit=some("u"), hours="1"), HoursOfNobody()),
        (KnowledgeTimeStated(person=some("A"), role="sales", hours="1"), HoursOfNobody()),
        (KnowledgeTimeStated(person=some("A"), hours="-1"), NoHours("-1")),
        (KnowledgeTimeStated(person=some("A"), hours="168.01"), NoHours("168.01")),
        (KnowledgeTimeStated(person=some("A"), hours="1.234"), NoHours("1.234")),
        (KnowledgeTimeStated(person=some("A"), hours="1", of_people=3), AverageOfNobody()),
        (KnowledgeTimeStated(unit=some("u"), hours="1", of_people=0), AverageOfNobody()),
    ],
)
def test_what_are_no_hours(content: KnowledgeTimeStated, refusal: Refusal) -> None:
    given(SEARCH_TIME).when(on("2026-03-05", content)).then(refusal)


def test_what_a_group_saved_is_over_those_who_stated_both() -> None:
    people: dict[str, SearchTime] = {
        "Anna": hours("6", "3", "2"),
        "Dan": hours("5.5", "1.5"),
        "Bob": hours("3", "3.5"),
        "Eve": hours("9"),
        "Fay": SearchTime(),
    }
    times: dict[UUID, SearchTime] = {some(name): each for name, each in people.items()}
    found = saved_by([*times, some("Nobody")], times)
    assert (len(found.stated), found.n, found.total) == (4, 3, Decimal("7.5"))
    assert (found.baseline, found.latest, found.mean) == (Decimal("4.83"), Decimal("2.33"), Decimal("2.50"))
    none = saved_by([some("Eve")], times)
    assert (none.n, none.baseline, none.mean, none.total) == (0, None, None, Decimal(0))


def test_hours_are_told_of_nobody_alone_whom_the_reader_may_not_see() -> None:
    times = {some(name): hours("6", "3") for name in ("Anna", "Dan", "Bob", "Eve")}

    def told(*groups: tuple[str, ...], to: tuple[str, ...] = ()) -> bool:
        saved = [saved_by(map(some, names), times) for names in groups]
        return tells_of_nobody(saved, lambda person: person in set(map(some, to)))

    assert told(())
    assert told(("Anna", "Dan"))
    assert told(("Anna",), to=("Anna",))
    assert not told(("Anna",))
    assert not told(("Anna", "Dan"), to=("Anna",)), "of two, the reader is one"
    assert not told(("Anna", "Dan", "Bob"), ("Anna", "Dan"), ("Bob",)), "the whole less the team that is told is Bob"
    assert told(("Anna", "Dan", "Bob", "Eve"), ("Anna", "Dan"), ("Bob", "Eve"))
