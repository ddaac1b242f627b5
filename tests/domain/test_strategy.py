"""How a strategy is drafted, revised, published, and which revision is in force."""

from dataclasses import replace
from datetime import date

import pytest

from domain.accountability import Accountable, AccountableForOneThing, AccountableNamed, answers_now
from domain.condition import Condition
from domain.draft import (
    AlreadySubmitted,
    ConcurrentEdit,
    ElementAlreadyThere,
    ElementIncomplete,
    ElementKindMalformed,
    ElementSupportsItself,
    ElementUnknown,
    StrategyRevised,
    StrategySubmitted,
    SupportsUnknownElement,
)
from domain.element import Element, content_hash
from domain.kernel import Actor, Party, Provenance
from domain.publication import (
    ContentHashWrong,
    InForceBeforePublication,
    InForceNotLater,
    NeverEditorial,
    NothingChanged,
    NothingToPublish,
    NotSubmitted,
    NotTheDraft,
    RevisionAlreadyPublished,
    RevisionSkipped,
    TouchesWrong,
)
from domain.strategy import (
    STRATEGY,
    Strategy,
    StrategyAlreadyDrafted,
    StrategyDrafted,
    StrategyIsRetired,
    StrategyRetired,
    StrategySucceedsItself,
    StrategyUnknown,
    in_force,
    is_early,
    material_since,
    publication_of,
)
from domain.temporal import ConflictsWithLaterFact
from tests.support.specification import HERE, Given, Said, corrected, given, instant, on, retracted, some

AUTHOR, SPONSOR = Actor(person=some("Ada")), Actor(person=some("Sam"))
IMPORT = Actor(imported=Provenance(source="minutes", line=1))
DRAFTED = StrategyDrafted(key="north", title="North", scale="default")
VISION = StrategyRevised(element="v", kind="vision", text="Home by noon")
VALUE = StrategyRevised(element="x", kind="value", text="Candour")
SUBMITTED = StrategySubmitted()


def said(at: str, *contents: StrategyDrafted | StrategyRevised | StrategySubmitted) -> tuple[Said, ...]:
    return tuple(on(at, each).by(AUTHOR) for each in contents)


def drafted(*contents: StrategyRevised) -> Given[Strategy]:
    return given(STRATEGY, *said("2026-01-01", DRAFTED, *contents))


def submitted(stream: Given[Strategy], at: str, *contents: StrategyRevised) -> Given[Strategy]:
    return stream.when(*said(at, *contents, SUBMITTED)).then()


def publish(stream: Given[Strategy], at: str, *, material: bool = True, in_force_from: str | None = None) -> Said:
    begins = instant(in_force_from) if in_force_from else None
    return on(at, publication_of(stream.as_of(at), material=material, in_force_from=begins)).by(SPONSOR)


def published(
    stream: Given[Strategy],
    at: str,
    *contents: StrategyRevised,
    material: bool = True,
    in_force_from: str | None = None,
) -> Given[Strategy]:
    ready = submitted(stream, at, *contents)
    return ready.when(publish(ready, at, material=material, in_force_from=in_force_from)).then()


def test_a_strategy_is_drafted() -> None:
    given(STRATEGY).when(on("2026-01-01", DRAFTED)).then(
        drafted_at=instant("2026-01-01"), key="north", title="North", scale="default", publications=()
    )


def test_nothing_can_be_said_before_it_is_drafted() -> None:
    given(STRATEGY).when(on("2026-01-01", VISION)).then(StrategyUnknown("revised"))


def test_a_strategy_is_drafted_once() -> None:
    drafted().when(on("2026-01-02", DRAFTED)).then(StrategyAlreadyDrafted("North"))


# The draft


def test_elements_are_added_and_revised_in_their_place() -> None:
    revised = replace(VISION, text="Home by ten", supports=("x", "x"))
    after = drafted(VISION, VALUE).when(on("2026-01-02", revised)).then()
    assert after.as_of("2026-01-02").draft.elements == (
        Element(id="v", kind="vision", text="Home by ten", supports=("x",)),
        Element(id="x", kind="value", text="Candour"),
    )
    assert after.as_of("2026-01-02").draft.versions == {"v": 4, "x": 3}


def test_everything_an_element_says_is_kept() -> None:
    criterion = StrategyRevised(
        element="c",
        kind="Success criterion".lower(),
        text="Clients stay",
        measure="retention",
        method="count",
        source="ledger",
        baseline="88 %",
        target="95 %",
        due=date(2028, 12, 31),
        horizon=date(2029, 1, 1),
        rank=1,
    )
    (element,) = drafted(criterion).as_of("2026-01-01").draft.elements
    assert element == Element(
        id="c",
        kind="success_criterion",
        text="Clients stay",
        measure="retention",
        method="count",
        source="ledger",
        baseline="88 %",
        target="95 %",
        due=date(2028, 12, 31),
        horizon=date(2029, 1, 1),
        rank=1,
    )


def test_an_element_is_removed_and_may_come_back() -> None:
    without = drafted(VISION).when(on("2026-01-02", StrategyRevised(element="v", removed=True))).then()
    assert without.as_of("2026-01-02").draft.elements == ()
    assert without.when(on("2026-01-03", VISION)).then().as_of("2026-01-03").draft.element("v") is not None


def test_what_is_not_there_cannot_be_removed() -> None:
    drafted().when(on("2026-01-02", StrategyRevised(element="v", removed=True))).then(ElementUnknown("v"))


@pytest.mark.parametrize(
    ("content", "missing"),
    [
        (StrategyRevised(element="v", kind="vision"), "text"),
        (StrategyRevised(element="v", text="Home"), "kind"),
        (StrategyRevised(element=" ", kind="vision", text="Home"), "id"),
        (StrategyRevised(element="v"), "kind, text"),
    ],
)
def test_an_element_has_id_kind_and_text(content: StrategyRevised, missing: str) -> None:
    drafted().when(on("2026-01-02", content)).then(ElementIncomplete(content.element, missing))


@pytest.mark.parametrize("kind", ["Vision", "9lives", "vision!", "big__bet", "_bet", "bet "])
def test_a_kind_is_a_lower_case_token(kind: str) -> None:
    drafted().when(on("2026-01-02", replace(VISION, kind=kind))).then(ElementKindMalformed("v", kind))


@pytest.mark.parametrize("kind", ["let_go", "let-go", "let go"])
def test_a_kind_of_several_words_is_one_kind(kind: str) -> None:
    (element,) = drafted(replace(VISION, kind=kind)).as_of("2026-01-01").draft.elements
    assert element.kind == "let_go"


def test_an_element_supports_what_is_in_the_draft() -> None:
    refused = SupportsUnknownElement("x", "gone")
    drafted(VISION).when(on("2026-01-02", replace(VALUE, supports=("v", "gone")))).then(refused)


def test_no_element_supports_itself() -> None:
    drafted().when(on("2026-01-02", replace(VISION, supports=("v",)))).then(ElementSupportsItself("v", "v"))
    care = StrategyRevised(element="y", kind="value", text="Care", supports=("x",))
    chain = drafted(VISION, replace(VALUE, supports=("v",)), care)
    chain.when(on("2026-01-02", replace(VISION, supports=("y",)))).then(ElementSupportsItself("v", "y"))


def test_two_people_revising_one_element_conflict_visibly() -> None:
    stream = drafted(VISION, VALUE).when(on("2026-01-02", replace(VISION, text="Home by ten", based_on=2))).then()
    stream.when(on("2026-01-03", replace(VISION, text="Home by two", based_on=2))).then(ConcurrentEdit("v", 2, 4))
    stream.when(on("2026-01-03", replace(VISION, text="Home by two", based_on=4))).then()
    stream.when(on("2026-01-03", replace(VALUE, text="Care", based_on=3))).then()


def test_an_element_is_new_to_one_author_only() -> None:
    drafted().when(on("2026-01-02", replace(VISION, based_on=0))).then()
    drafted(VISION).when(on("2026-01-02", replace(VISION, based_on=0))).then(ElementAlreadyThere("v", 2))


def test_a_removal_is_seen_by_who_still_edits() -> None:
    stream = drafted(VISION).when(on("2026-01-02", StrategyRevised(element="v", removed=True))).then()
    stream.when(on("2026-01-03", replace(VISION, based_on=2))).then(ConcurrentEdit("v", 2, 3))


def test_correcting_an_earlier_edit_moves_no_ground_of_a_later_one() -> None:
    stream = drafted(VISION).when(on("2026-01-03", replace(VISION, text="Home by ten", based_on=2))).then()
    stream.when(corrected(2, "2026-01-02", replace(VISION, text="Home"))).then()


def test_a_draft_is_submitted_once_until_it_is_revised() -> None:
    stream = submitted(drafted(VISION), "2026-01-02")
    assert stream.as_of("2026-01-02").draft.submitted_at == instant("2026-01-02")
    stream.when(on("2026-01-03", SUBMITTED)).then(AlreadySubmitted)
    revised = stream.when(on("2026-01-03", VALUE)).then()
    assert revised.as_of("2026-01-03").draft.submitted_at is None
    revised.when(on("2026-01-03", SUBMITTED)).then()


def test_who_worked_on_the_draft_is_known_until_it_is_published() -> None:
    stream = (
        drafted()
        .when(on("2026-01-02", VISION).by(Actor(person=some("Eve"), on_behalf_of=Party("person", some("Bo")))))
        .then()
    )
    assert stream.as_of("2026-01-02").draft.authors == (some("Ada"), some("Eve"), some("Bo"))
    assert published(stream, "2026-01-03").as_of("2026-01-03").draft.authors == ()


# Publishing


def test_the_draft_is_published_as_revision_1() -> None:
    (publication,) = published(drafted(VISION, VALUE), "2026-02-01").as_of("2026-02-01").publications
    elements = (Element(id="v", kind="vision", text="Home by noon"), Element(id="x", kind="value", text="Candour"))
    assert (publication.revision, publication.material, publication.published_by) == (1, True, some("Sam"))
    assert publication.published_at == publication.in_force_from == instant("2026-02-01")
    assert (publication.elements, publication.content_hash) == (elements, content_hash(elements))
    assert (publication.touches, publication.submitted, publication.unmet) == (("v", "x"), True, ())


def test_a_publication_touches_what_differs_from_the_one_before() -> None:
    stream = published(drafted(VISION, VALUE), "2026-02-01")
    second = published(stream, "2026-03-01", replace(VALUE, text="Care")).as_of("2026-03-01").publications[-1]
    assert (second.revision, second.touches) == (2, ("x",))
    third = published(stream, "2026-03-01", StrategyRevised(element="v", removed=True)).as_of("2026-03-01")
    assert third.publications[-1].touches == ("v",)


def test_a_number_is_published_once() -> None:
    stream = submitted(drafted(VISION), "2026-02-01")
    first = publish(stream, "2026-02-01")
    stream.when(first).then().when(first).then(RevisionAlreadyPublished(1, 2))


def test_numbers_have_no_gap() -> None:
    stream = submitted(drafted(VISION), "2026-02-01")
    content = replace(publication_of(stream.as_of("2026-02-01"), material=True), revision=2)
    stream.when(on("2026-02-01", content)).then(RevisionSkipped(2, 1))


def test_what_is_published_is_the_draft() -> None:
    stream = submitted(drafted(VISION), "2026-02-01")
    content = publication_of(stream.as_of("2026-02-01"), material=True)
    other = (replace(content.elements[0], text="Home by ten"),)
    stream.when(on("2026-02-01", replace(content, elements=other))).then(NotTheDraft(("v",)))
    stream.when(on("2026-02-01", replace(content, elements=()))).then(NotTheDraft(("v",)))


def test_hash_and_touches_are_those_of_the_elements() -> None:
    stream = submitted(drafted(VISION), "2026-02-01")
    content = publication_of(stream.as_of("2026-02-01"), material=True)
    stream.when(on("2026-02-01", replace(content, content_hash="0"))).then(ContentHashWrong("0", content.content_hash))
    stream.when(on("2026-02-01", replace(content, touches=()))).then(TouchesWrong((), ("v",)))


def test_an_edit_before_a_publication_and_learned_after_it_conflicts() -> None:
    stream = published(drafted(VISION), "2026-02-01")
    stream.when(on("2026-01-15", VALUE)).then(ConflictsWithLaterFact)
    stream.when(corrected(2, "2026-01-01", replace(VISION, text="Home"))).then(ConflictsWithLaterFact)
    stream.when(retracted(2)).then(ConflictsWithLaterFact)
    stream.when(on("2026-02-02", VALUE)).then()


def test_an_edit_and_the_publication_are_corrected_together() -> None:
    stream = published(drafted(VISION), "2026-02-01")
    other = replace(VISION, text="Home")
    content = publication_of(drafted(other).as_of("2026-02-01"), material=True)
    after = stream.when(corrected(2, "2026-01-01", other), corrected(4, "2026-02-01", content)).then()
    assert after.as_of("2026-02-01").publications[0].elements[0].text == "Home"


def test_a_publication_entered_late_takes_its_number_from_none() -> None:
    stream = published(drafted(VISION), "2026-02-01")
    stream.when(on("2026-01-20", publication_of(drafted(VISION).as_of("2026-01-20"), material=True)).by(IMPORT)).then(
        ConflictsWithLaterFact
    )


BET = StrategyRevised(element="b", kind="big_bet", text="Own vans")
CRITERION = StrategyRevised(
    element="c", kind="criterion", text="Clients stay", measure="kept", target="9 of 10", due=date(2028, 1, 1)
)
BY_DATE = replace(VALUE, due=date(2027, 1, 1))


@pytest.mark.parametrize("change", [BET, CRITERION, BY_DATE])
def test_a_change_to_a_criterion_target_date_or_bet_is_never_editorial(change: StrategyRevised) -> None:
    stream = published(drafted(VISION, VALUE), "2026-02-01")
    revised = submitted(stream, "2026-03-01", change)
    refused = NeverEditorial(2, (change.element,))
    revised.when(publish(revised, "2026-03-01", material=False)).then(refused)
    revised.when(publish(revised, "2026-03-01", material=False).by(IMPORT)).then(refused)


def test_a_change_of_words_may_be_editorial() -> None:
    stream = published(drafted(VISION, VALUE), "2026-02-01")
    second = published(stream, "2026-03-01", replace(VALUE, text="Candour!"), material=False)
    assert second.as_of("2026-03-01").publications[-1].material is False


def test_nothing_cannot_be_published() -> None:
    empty = submitted(drafted(), "2026-02-01")
    empty.when(publish(empty, "2026-02-01")).then(NothingToPublish)
    empty.when(publish(empty, "2026-02-01").by(IMPORT)).then()


def test_the_same_is_not_published_again() -> None:
    stream = submitted(published(drafted(VISION), "2026-02-01"), "2026-03-01")
    stream.when(publish(stream, "2026-03-01")).then(NothingChanged(1))
    stream.when(publish(stream, "2026-03-01").by(IMPORT)).then()


def test_a_draft_is_published_once_it_was_submitted() -> None:
    drafted(VISION).when(publish(drafted(VISION), "2026-02-01")).then(NotSubmitted)
    stream = submitted(drafted(VISION), "2026-01-02").when(on("2026-01-03", VALUE)).then()
    stream.when(publish(stream, "2026-02-01")).then(NotSubmitted)
    imported = stream.when(publish(stream, "2026-02-01").by(IMPORT)).then()
    assert imported.as_of("2026-02-01").publications[0].submitted is False


# In force


def test_a_revision_is_in_force_from_a_later_day() -> None:
    stream = published(drafted(VISION), "2026-02-01", in_force_from="2026-03-01")
    state = stream.as_of("2026-02-01")
    assert in_force(state, instant("2026-02-28")) is None
    assert in_force(state, instant("2026-03-01")) == state.publications[0]
    assert is_early(state, 1, instant("2026-02-28"))
    assert not is_early(state, 1, instant("2026-03-01"))
    assert not is_early(state, 2, instant("2026-02-28"))
    assert not is_early(state, None, instant("2026-02-28"))


def test_the_highest_number_in_force_counts() -> None:
    stream = published(drafted(VISION), "2026-02-01")
    stream = published(stream, "2026-02-02", VALUE, in_force_from="2026-04-01")
    state = stream.as_of("2026-05-01")
    first, second = state.publications
    assert in_force(state, instant("2026-01-31")) is None
    assert in_force(state, instant("2026-03-31")) == first
    assert in_force(state, instant("2026-04-01")) == second


def test_a_revision_is_not_in_force_before_its_publication() -> None:
    stream = submitted(drafted(VISION), "2026-02-02")
    stream.when(publish(stream, "2026-02-02", in_force_from="2026-02-01")).then(
        InForceBeforePublication(instant("2026-02-01"))
    )
    stream.when(publish(stream, "2026-02-02", in_force_from="2026-02-02")).then()


def test_revisions_come_into_force_one_after_the_other() -> None:
    stream = published(drafted(VISION), "2026-02-01", in_force_from="2026-04-01")
    stream = submitted(stream, "2026-02-02", VALUE)
    refused = InForceNotLater(2, instant("2026-04-01"))
    stream.when(publish(stream, "2026-02-03")).then(refused)
    stream.when(publish(stream, "2026-02-03", in_force_from="2026-04-01")).then(refused)
    stream.when(publish(stream, "2026-02-03", in_force_from="2026-04-01T00:01")).then()


def test_a_statement_is_stale_from_the_first_material_revision_that_touches_it() -> None:
    stream = published(drafted(VISION, VALUE), "2026-02-01")
    stream = published(stream, "2026-03-01", replace(VISION, text="Home!"), material=False)
    stream = published(stream, "2026-04-01", replace(VALUE, text="Care"), in_force_from="2026-05-01")
    stream = published(stream, "2026-06-01", replace(VISION, text="Home by ten"))
    state = stream.as_of("2026-07-01")
    first, _, third, fourth = state.publications
    at = instant("2026-07-01")
    assert material_since(state, 1, "x", at) == material_since(state, 1, None, at) == third
    assert material_since(state, 1, "x", instant("2026-04-30")) is None
    assert material_since(state, 1, "x", instant("2026-05-01")) == third
    assert material_since(state, 1, "v", at) == material_since(state, 3, None, at) == fourth
    assert material_since(state, 3, "x", at) is material_since(state, 4, None, at) is None
    assert material_since(state, None, "x", at) == material_since(state, None, None, at) == first


# Who is accountable, and the end


def test_somebody_is_accountable_from_a_day_on() -> None:
    stream = drafted(VISION).when(on("2026-01-02", AccountableNamed(element="v", person=some("Ada")))).then()
    stream = stream.when(on("2026-01-03", AccountableNamed(element="v", person=some("Ada")))).then()
    stream.when(on("2026-01-09", AccountableNamed(element="v", person=None))).then(
        accountable={"v": (Accountable(some("Ada"), instant("2026-01-02")), Accountable(None, instant("2026-01-09")))}
    )


def test_one_is_accountable_for_an_element_of_the_draft_or_of_a_publication() -> None:
    named = AccountableNamed(element="v", person=some("Ada"))
    drafted().when(on("2026-01-02", named)).then(ElementUnknown("v"))
    stream = published(drafted(VISION), "2026-02-01")
    stream = stream.when(on("2026-02-02", StrategyRevised(element="v", removed=True))).then()
    stream.when(on("2026-02-03", named)).then()


def test_somebody_is_accountable_for_a_goal() -> None:
    stream = drafted().when(on("2026-01-02", AccountableNamed(goal=some("goal"), person=some("Ada")))).then()
    named = Accountable(some("Ada"), instant("2026-01-02"))
    assert stream.as_of("2026-01-02").accountable_for_goals == {some("goal"): (named,)}


def test_somebody_is_accountable_for_a_gap() -> None:
    named = AccountableNamed(unit=some("Sales"), condition=Condition.SYSTEMS, person=some("Ada"))
    stream = drafted().when(on("2026-01-02", named)).then()
    held = Accountable(some("Ada"), instant("2026-01-02"))
    assert stream.as_of("2026-01-02").accountable_for_gaps == {f"{some('Sales')}/systems": (held,)}
    for partly in (replace(named, condition=None), replace(named, unit=None), replace(named, goal=some("goal"))):
        stream.when(on("2026-01-03", partly)).then(AccountableForOneThing)


def test_one_is_accountable_for_one_thing_at_a_time() -> None:
    drafted(VISION).when(on("2026-01-02", AccountableNamed(person=None))).then(AccountableForOneThing)
    both = AccountableNamed(element="v", goal=some("goal"), person=None)
    drafted(VISION).when(on("2026-01-02", both)).then(AccountableForOneThing)


def test_who_was_named_last_answers() -> None:
    early, late = Accountable(some("Ada"), instant("2026-01-01")), Accountable(None, instant("2026-01-02"))
    beside = Accountable(some("Sam"), instant("2026-01-02"))
    assert answers_now() is answers_now((), ()) is None
    assert answers_now((early, late), ()) == answers_now((), (early, late)) == late
    assert answers_now((late,), (early,)) == late
    assert answers_now((late,), (beside,)) == beside


def test_naming_somebody_accountable_is_no_change_of_the_document() -> None:
    stream = published(drafted(VISION), "2026-02-01")
    stream.when(on("2026-01-15", AccountableNamed(element="v", person=some("Ada")))).then()


def test_a_strategy_is_retired_for_another() -> None:
    stream = (
        drafted(VISION)
        .when(on("2026-06-01", StrategyRetired(successor=some("South"))))
        .then(retired_at=instant("2026-06-01"), successor=some("South"))
    )
    refused = StrategyIsRetired("revised", instant("2026-06-01"))
    stream.when(on("2026-06-02", VALUE)).then(refused)
    stream.when(on("2026-06-02", StrategyRetired())).then(StrategyIsRetired)
    stream.when(on("2026-05-31", VALUE)).then()
    stream.when(on("2026-06-02", AccountableNamed(element="v", person=None))).then()


def test_no_strategy_succeeds_itself() -> None:
    drafted().when(on("2026-06-01", StrategyRetired(successor=HERE))).then(StrategySucceedsItself)


def test_a_revision_stays_the_one_in_force_when_its_strategy_is_retired() -> None:
    stream = published(drafted(VISION), "2026-02-01").when(on("2026-06-01", StrategyRetired())).then()
    current = in_force(stream.as_of("2026-07-01"), instant("2026-07-01"))
    assert current is not None
    assert current.revision == 1
