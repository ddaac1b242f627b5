"""What is searched is what stood, at every moment; whatever is looked for, both searches answer, alike for words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.memory.searching import MemorySearch
from adapters.postgres.connections import Database
from adapters.postgres.read_model import PostgresReadModel
from adapters.postgres.searching import PostgresSearch
from application.ledger import Ledger
from application.projections.encoding import text_of
from application.searching import KnowledgeSearch
from application.states import Definition, Moment
from domain.kernel import Word
from domain.knowledge import KNOWLEDGE, KnowledgeCaptured, KnowledgeRetired, KnowledgeRevised
from tests.projections.generating import PALETTE, Recording, Step, moments
from tests.projections.keeping import START, event, ledger, record
from tests.projections.test_stored_is_definition import project

TEXTS = """
    select stream, language, title, body
    from avow_read.texts
    where slot = (select slot from avow_read.versions where status = 'live')
      and organisation = %(organisation)s
      and valid_from <= %(valid_at)s and %(valid_at)s < valid_to
      and known_from <= %(position)s and %(position)s < known_to
    order by stream
"""


@pytest.fixture(scope="module")
def keeping() -> Ledger:
    return ledger()


@pytest.fixture(scope="module")
def answering(projector_database: Database) -> Iterator[Database]:
    with Database(projector_database.dsn, "avow_reader") as found:
        yield found


def histories() -> st.SearchStrategy[list[Step]]:
    """Items that are captured, revised and retired, late, corrected and taken back."""
    contents = [each for palette in PALETTE["knowledge"] for each in palette]
    step = st.builds(
        Step,
        kind=st.just("knowledge"),
        stream=st.sampled_from([UUID(int=1001), UUID(int=1002)]),
        content=st.one_of(st.sampled_from(PALETTE["knowledge"][0]), st.sampled_from(contents)),
        at=moments(),
        word=st.sampled_from([Word.FACT, Word.FACT, Word.REPLACEMENT, Word.RETRACTION]),
        fact=st.integers(0, 63),
        actor=st.just(event(UUID(int=1), 1, None, START, topic="knowledge.captured").actor),
        forced=st.sampled_from([False, True]),
    )
    return st.lists(step, min_size=5, max_size=25)


@pytest.mark.slow
@pytest.mark.timeout(600)
@given(
    history=histories(),
    batches=st.lists(st.integers(1, 6), min_size=1),
    asked=st.lists(st.tuples(moments(), st.floats(0, 1)), min_size=1, max_size=6),
)
def test_for_every_history_and_moment_the_texts_are_those_of_what_stood(
    keeping: Ledger,
    read_model: PostgresReadModel,
    answering: Database,
    history: list[Step],
    batches: list[int],
    asked: list[tuple[datetime, float]],
) -> None:
    organisation = uuid4()
    recording = Recording(organisation)
    events = [each for step in history if (each := recording.event(step)) is not None]
    for each in events:
        record(keeping, each)
    project(keeping, read_model, batches)
    definition = Definition(keeping)
    for valid_at, share in asked:
        moment = Moment(valid_at, round(share * len(events)))
        stood = {id: text_of(state) for id, state in definition.states(KNOWLEDGE, organisation, moment).items()}
        right = [(id, text.language, text.title, text.body) for id, text in stood.items() if text is not None]
        at = {"organisation": organisation, "valid_at": valid_at, "position": moment.position}
        assert [tuple(row) for row in answering.ask(organisation, TEXTS, at)] == right


ITEMS = {
    1: ("Rental terms", "Vans are rented by the day; boats never.", "en"),
    2: ("Vans", "What there is to rent, and where.", "en"),
    3: ("Mietpreise", "Die Preise der Wagen stehen fest.", "de"),
    4: ("C++ & <script>", "A note on a/b tests, o'clock and 100 % of e-mail@example.org.", "en"),
    5: ("Слово", "Дом стоит у реки.", "xx"),
}


@pytest.fixture(scope="module")
def organisation(keeping: Ledger, read_model: PostgresReadModel) -> UUID:
    """One with these items, and one that was retired."""
    here = uuid4()
    for number, (title, text, language) in ITEMS.items():
        content = KnowledgeCaptured(title=title, text=text, language=language)
        record(keeping, event(here, 1, content, START, stream=UUID(int=number)))
    gone = KnowledgeCaptured(title="Old vans", text="Vans", language="en")
    record(keeping, event(here, 1, gone, START, stream=UUID(int=9)))
    record(keeping, event(here, 2, KnowledgeRetired(), START + timedelta(days=1), stream=UUID(int=9)))
    project(keeping, read_model)
    return here


@pytest.fixture(params=["memory", "postgres"])
def search(request: pytest.FixtureRequest, keeping: Ledger, answering: Database) -> KnowledgeSearch:
    return MemorySearch(Definition(keeping)) if request.param == "memory" else PostgresSearch(answering)


def found(search: KnowledgeSearch, organisation: UUID, query: str, language: str | None = None) -> list[int]:
    moment = Moment(START + timedelta(days=2), len(ITEMS) + 2)
    return [id.int for id in search.find(organisation, moment, query, language)]


@pytest.mark.parametrize(
    ("query", "items"),
    [
        ("vans", [2, 1]),
        ("van rent", [2, 1]),
        ("VANS -boats", [2]),
        ('"rented by the day"', [1]),
        ('"day rented"', []),
        ("boats or wagen", [1, 3]),
        ("preis", [3]),
        ("script", [4]),
        ("слово", [5]),
        ("the", []),
        ("", []),
        ("nothing like it", []),
    ],
)
def test_words_are_found_alike(search: KnowledgeSearch, organisation: UUID, query: str, items: list[int]) -> None:
    assert sorted(found(search, organisation, query)) == sorted(items)
    if query == "vans":
        assert found(search, organisation, query) == items, "the title counts for more"


def test_a_language_narrows_and_another_organisation_finds_nothing(search: KnowledgeSearch, organisation: UUID) -> None:
    assert found(search, organisation, "preise", "de") == [3]
    assert found(search, organisation, "preise", "en") == []
    assert found(search, organisation, "слово", "xx") == [5]
    assert found(search, uuid4(), "vans") == []


ATTACKS = [
    "'", "''; drop table avow_read.texts; --", '"', '""', '"unended', "- - -", "-", "or", "or or or", "!&|()<->:*",
    "\\", "%", "%(query)s", "a:*", "&", "<mark>", "\ue000vans\ue001", "a" * 200, "vans " * 40, "\u202evans", "\x01",
    "🚐", "--vans", '-"vans"', "van\n\ts", "NULL", "{}", "vans | boats", "ſ", "\ufffd",
]  # fmt: skip


@pytest.mark.parametrize("query", ATTACKS)
def test_whatever_is_looked_for_is_only_looked_for(search: KnowledgeSearch, organisation: UUID, query: str) -> None:
    ids = [UUID(int=number) for number in found(search, organisation, query)]
    moment = Moment(START + timedelta(days=2), len(ITEMS) + 2)
    for extract in search.extracts(organisation, moment, query, [*ids, UUID(int=4)]).values():
        for text in (extract.title, extract.text):
            bare = text.replace("<mark>", "").replace("</mark>", "")
            assert "<" not in bare
            assert ">" not in bare
            assert text.count("<mark>") == text.count("</mark>")


@given(query=st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), max_size=60))
def test_no_text_at_all_breaks_a_search(keeping: Ledger, answering: Database, organisation: UUID, query: str) -> None:
    for search in (MemorySearch(Definition(keeping)), PostgresSearch(answering)):
        found(search, organisation, query)


def test_a_revision_is_found_by_its_words_from_then_on_and_by_the_former_ones_before(
    keeping: Ledger, read_model: PostgresReadModel, answering: Database
) -> None:
    here = uuid4()
    record(keeping, event(here, 1, KnowledgeCaptured(title="Terms", text="By the day", language="en"), START))
    later = START + timedelta(days=5)
    record(keeping, event(here, 2, KnowledgeRevised(text="By the hour"), later))
    project(keeping, read_model)
    for search in (MemorySearch(Definition(keeping)), PostgresSearch(answering)):
        for query, at, position, right in (
            ("day", START, 2, True), ("hour", START, 2, False), ("day", later, 2, False), ("hour", later, 2, True),
            ("day", later, 1, True), ("hour", later, 1, False),
        ):  # fmt: skip
            ids = search.find(here, Moment(at, position), query)
            assert bool(ids) is right, (query, at, position)
