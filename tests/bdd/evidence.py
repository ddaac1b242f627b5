"""The steps of an auditor: a key and checkpoints that came another way, packs, and what verifying them reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest
from pytest_bdd import given, parsers, then, when

from adapters.crypto.log_key import LogKey
from adapters.crypto.notes import VerifierKey
from adapters.evidence.making import Wanted, make_pack
from adapters.evidence.packs import Item, Pack
from adapters.evidence.verifying import Report, verify
from application.desk import Desk
from domain.kernel import Actor
from domain.transparency import root_of
from tests.bdd.driver import last_instant
from tests.bdd.figures import FIGURES
from tests.bdd.grammar import DAY, NAME, day
from tests.bdd.world import World

AS = rf"(?P<of>{DAY})(?:, as known on (?P<known>{DAY}))?"


@dataclass
class Auditor:
    """Somebody outside: what they keep, the pack they were given last, and what their own verifier says of it."""

    world: World
    key: VerifierKey | None = None
    held: list[str] = field(default_factory=list[str])
    pack: Pack | None = None
    touched: int = 0

    def given(self, wanted: Wanted) -> None:
        """A pack, as the command line makes it."""
        self.world.be_accepted()
        self.pack = make_pack(self.world.driver.installation, self.world.driver.organisation, wanted)

    @property
    def report(self) -> Report:
        """What the verifier says: by the key and the checkpoints that were kept, and nothing else."""
        assert self.pack is not None
        assert self.key is not None
        return verify(self.pack, self.key, self.held)

    def wanted(self, of: str, known: str | None) -> Wanted:
        """A state of the scenario's strategy."""
        avow, organisation = self.world.driver.installation, self.world.driver.organisation
        asked = avow.questions.ask(organisation, last_instant(day(of)), last_instant(day(known)) if known else None)
        desk = Desk(avow.ledger.book(organisation), Actor(), avow.ledger.now(organisation))
        return Wanted(asked=asked, strategy=desk.find("strategy", self.world.strategy))


@pytest.fixture
def auditor(world: World) -> Auditor:
    """The auditor of this scenario."""
    return Auditor(world)


@given("the auditor was given the key of the log")
def key_given(auditor: Auditor) -> None:
    auditor.key = VerifierKey.read(auditor.world.driver.log_key().strip())


@given("the auditor keeps the checkpoint of that day")
def checkpoint_kept(auditor: Auditor) -> None:
    driver = auditor.world.driver
    driver.installation.log.checkpoint(driver.organisation)
    auditor.held.append(driver.checkpoint())


@given("the auditor keeps no checkpoint")
def nothing_kept(auditor: Auditor) -> None:
    auditor.held.clear()


@when(parsers.re(rf"the auditor is given all of it, with the state of {NAME} on {AS}"))
def all_of_it(auditor: Auditor, of: str, known: str | None) -> None:
    auditor.given(auditor.wanted(of, known))


@when(parsers.re(rf'the auditor is given what stands behind "(?P<figure>[a-z ]+)" of {NAME} on {AS}'))
def behind_a_figure(auditor: Auditor, figure: str, of: str, known: str | None) -> None:
    auditor.given(replace(auditor.wanted(of, known), extract=True, figure=FIGURES[figure]))


@when(parsers.re(rf"the auditor is given the record of (?P<name>{NAME})(?P<words>, with the words disclosed)?"))
def one_record(auditor: Auditor, name: str, words: str | None) -> None:
    avow, organisation = auditor.world.driver.installation, auditor.world.driver.organisation
    desk = Desk(avow.ledger.book(organisation), Actor(), avow.ledger.now(organisation))
    person = desk.find("person", name)
    asked = avow.questions.ask(organisation)
    auditor.given(Wanted(extract=True, asked=asked, person=person, disclose=words is not None))


@when(
    parsers.re(
        rf"the auditor is given all of it, after the operator (?P<act>rewrote|removed|removed everything behind) "
        rf"the event in which (?P<head>{NAME} .+?)(?P<signed> and signed all of it anew)?"
    )
)
def altered(auditor: Auditor, act: str, head: str, signed: str | None) -> None:
    """What an operator makes of a genuine pack; one who holds the log's key also makes the checkpoint fit."""
    auditor.given(Wanted())
    assert auditor.pack is not None
    (made,) = auditor.world.said[head]
    auditor.touched = made.position
    items = list(auditor.pack.items)
    match act:
        case "rewrote":
            items[made.position - 1] = _rewritten(items[made.position - 1])
        case "removed":
            del items[made.position - 1]
        case _:
            del items[made.position :]
    auditor.pack = replace(auditor.pack, items=tuple(items))
    if signed:
        signer = auditor.world.driver.installation.log.signer
        assert isinstance(signer, LogKey)
        _sign_anew(auditor, signer, items)


@when("the auditor is given all of it, signed by another key")
def signed_by_another(auditor: Auditor) -> None:
    auditor.given(Wanted())
    assert auditor.pack is not None
    _sign_anew(auditor, LogKey.fresh("log.example"), auditor.pack.items)


@then("it holds")
def holds(auditor: Auditor) -> None:
    assert auditor.report.holds, auditor.report.plain()


@then("it holds, from the first event to the last")
def holds_whole(auditor: Auditor) -> None:
    report = auditor.report
    driver = auditor.world.driver
    head = driver.installation.ledger.ledger_recorder.head(driver.organisation)
    assert head is not None
    assert report.holds, report.plain()
    assert (report.events, report.size) == (head.position, head.position)
    says = f"the events from position 1 to {head.position} make up a checkpoint that the pinned key signed"
    assert says in [each.says for each in report.findings]


@then("it does not hold")
def does_not_hold(auditor: Auditor) -> None:
    assert not auditor.report.holds


@then("it is altered from that event on")
def altered_there(auditor: Auditor) -> None:
    assert auditor.report.altered_from == (auditor.touched, auditor.touched)


@then("it is altered at that event or before it")
def altered_before(auditor: Auditor) -> None:
    bounds = auditor.report.altered_from
    assert bounds is not None
    assert bounds[0] <= auditor.touched <= bounds[1]


@then(parsers.re(r'the report says "(?P<words>[^"]+)"'))
def says(auditor: Auditor, words: str) -> None:
    assert any(words in each.says for each in auditor.report.findings), auditor.report.plain()


@then("the auditor's own figures are those that Avow answered:")
def same_figures(auditor: Auditor, datatable: list[list[str]]) -> None:
    report = auditor.report
    assert auditor.pack is not None
    assert auditor.pack.claimed is not None
    assert report.state is not None
    for (name,) in datatable[1:]:
        figure = FIGURES[name]
        assert report.state[figure] == auditor.pack.claimed[figure]
        assert report.state[figure]


@then(parsers.re(r'the auditor counts (?P<count>\d+) as "(?P<figure>[a-z ]+)"'))
def counts(auditor: Auditor, count: str, figure: str) -> None:
    state = auditor.report.state
    assert state is not None
    assert len(state[FIGURES[figure]]) == int(count)


@then(parsers.re(r'"(?P<words>[^"]+)" is disclosed in it, and proven'))
def disclosed(auditor: Auditor, words: str) -> None:
    assert auditor.pack is not None
    assert words in [each.text for each in auditor.pack.disclosed]
    assert [each.holds for each in auditor.report.findings if each.about == "disclosure"].count(True) == len(
        auditor.pack.disclosed
    )


@then(parsers.re(r'"(?P<words>[^"]+)" stands nowhere in it'))
def nowhere(auditor: Auditor, words: str) -> None:
    assert auditor.pack is not None
    assert auditor.pack.disclosed == ()
    assert all(words.encode() not in each.leaf.stored for each in auditor.pack.items)


def _rewritten(item: Item) -> Item:
    """The event with one letter changed."""
    stored = item.leaf.stored
    place = stored.rindex(b"committed")
    leaf = replace(item.leaf, stored=stored[:place] + b"C" + stored[place + 1 :])
    return replace(item, leaf=leaf)


def _sign_anew(auditor: Auditor, key: LogKey, items: Sequence[Item]) -> None:
    """A checkpoint that fits what stands there now, and leaf hashes that do."""
    assert auditor.pack is not None
    root = root_of(each.leaf.hash for each in items)
    auditor.pack = replace(
        auditor.pack,
        items=tuple(replace(each, said=each.leaf.hash) for each in items),
        checkpoint=key.sign(auditor.world.driver.organisation, len(items), root),
    )
