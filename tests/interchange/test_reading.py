"""What a file must be, and how precisely it is told what is wrong with it."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from adapters.interchange.flaws import FieldInvalid
from adapters.interchange.lines import LONGEST, FileDamaged
from adapters.interchange.reading import FormatUnknown, HeaderMissing, HistoryFile
from application.commitment import ChangeCommitment, MakeCommitment
from application.goal import ChangeGoal, NameAccountable
from application.history import Statement, Unreadable
from application.strategy import PublishStrategy
from domain.kernel import Refusal
from tests.interchange.conftest import Said, founded, header, line, unit

HEAD = json.dumps(header()).encode() + b"\n"


def history(folder: Path, *lines: bytes, name: str = "history.jsonl") -> HistoryFile:
    path = folder / name
    path.write_bytes(HEAD + b"\n".join(lines))
    return HistoryFile(path)


def one(folder: Path, content: bytes | Said) -> Statement | Unreadable:
    encoded = content if isinstance(content, bytes) else json.dumps(content).encode()
    (found,) = history(folder, encoded + b"\n").statements()
    return found


def refusal(folder: Path, content: bytes | Said) -> Refusal:
    found = one(folder, content)
    assert isinstance(found, Unreadable), found
    assert found.number == 2
    assert found.refusal.advice
    return found.refusal


@pytest.mark.parametrize(
    ("content", "code", "where"),
    [
        (b"{", "not-json", "line"),
        (b"[1]", "not-json", "line"),
        (b'{"id": NaN}', "not-json", "line"),
        (b'{"a":' * 5_000, "not-json", "line"),
        (b'{"id": "\xff"}', "not-text", "line"),
        (b'{"id": "a\x00"}', "holds-nul", "line"),
        (b'{"id": "a\\u0000"}', "holds-nul", "line"),
        (b'{"id": "\\ud800"}', "not-json", "line"),
        (b'{"id": "' + b"a" * LONGEST + b'"}', "line-too-long", "line"),
        ({"type": "unit.formed", "at": "2020-01-01", "unit": "a", "name": "A", "kind": "t"}, "field-invalid", "id"),
        ({"id": "1", "at": "2020-01-01"}, "field-invalid", "type"),
        (line("1", "unit.shaped", "2020-01-01"), "type-unknown", "type"),
        (line("1", "person.left", "2020-01-01", person=7), "field-invalid", "person"),
        (line("1", "person.left", "2020-01-01", person="a", mood="b"), "field-invalid", "mood"),
        (line("1", "person.left", "2020-01-01", person="a", labels={"a": 1}), "field-invalid", "labels.a"),
        (line("1", "person.left", "2020-01-01T10:00:00", person="a"), "instant-without-zone", "at"),
        (line("1", "person.left", "2020-02-30", person="a"), "instant-malformed", "at"),
        (line("1", "person.left", "2016-12-31T23:59:60Z", person="a"), "leap-second", "at"),
        (line("1", "person.left", "0999-01-01", person="a"), "instant-out-of-range", "at"),
        (line("1", "person.left", "yesterday", person="a"), "instant-malformed", "at"),
        ({"id": "1", "type": "person.left", "person": "a"}, "field-invalid", "at"),
        ({"id": "1", "type": "person.left", "replaces": "x", "retracts": "y"}, "replaces-or-retracts", "retracts"),
        ({"id": "1", "type": "unit.dissolved", "at": "2020-01-01", "unit": "u", "actor": "a", "service": "s"},
         "acted-twice", "service"),
        ({"id": "1", "retracts": "x", "person": "a"}, "field-invalid", "person"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_line_is_told(tmp_path: Path, content: bytes | Said, code: str, where: str) -> None:
    found = refusal(tmp_path, content)
    assert (found.code, found.where) == (code, where)


@pytest.mark.parametrize(
    ("content", "where", "rule", "way_out"),
    [
        (line("1", "person.left", "2020-01-01", person="a", known="2020-01-01"),
         "known", '"2020-01-01" is not an instant', "such as 2026-04-01T09:30:00Z"),
        (line("1", "goal.proposed", "2020-01-01", strategy="s", title="t", due="2020-01-01T00:00:00Z"),
         "due", '"2020-01-01T00:00:00Z" is not a date', "such as 2026-04-01"),
        (line("1", "goal.proposed", "2020-01-01", strategy="s", title="t", due="1 April"),
         "due", '"1 April" is not a date', "such as 2026-04-01"),
        (line("1", "membership.began", "2020-01-01", person="a", unit="u", home="yes"),
         "home", '"yes" is not true or false', "membership.began in docs"),
        (line("1", "strategy.published", "2020-01-01", strategy="s", material=True, revision="1"),
         "revision", '"1" is not a whole number without quotes', "write a whole number"),
        (line("1", "access.granted", "2020-01-01", person="a", role="boss"),
         "role", '"boss" is none of the words', "sponsor, lead, member, facilitator"),
        (line("1", "duty.given", "2020-01-01", person="a", kind="decide", **{"for": 7}),
         "for", "7 is not a text in quotes or an object", "duty.given in docs"),
        (line("1", "duty.given", "2020-01-01", person="a", kind="decide", **{"for": {"gaol": "g"}}),
         "for.gaol", "the field 'for' has no field 'gaol'", "duty.given in docs"),
        (line("1", "commitment.made", "2020-01-01", strategy="s", party={"persn": "a"}),
         "party.persn", "the field 'party' has no field 'persn'", "commitment.made in docs"),
        (line("1", "review.opened", "2020-01-01", kind="clarity_check", title="t", strategy="s", participants=["a"],
              closes="2020-02-01", questionnaire={"name": "q", "version": 1, "modes": [], "questions": [{"id": "q"}]}),
         "questionnaire.questions.0.text", "is missing", "review.opened in docs"),
        (line("", "person.left", "2020-01-01", person="a"), "id", "it is empty", "id means: "),
        (line("a" * 501, "person.left", "2020-01-01", person="a"), "id", "more than 500 characters", "at most 500"),
        ({"id": "1", "retracts": "x", "person": "a"}, "person", "a retraction line has no field", "“Every line”"),
    ],
)  # fmt: skip
def test_a_rule_is_told_in_words(tmp_path: Path, content: Said, where: str, rule: str, way_out: str) -> None:
    found = refusal(tmp_path, content)
    assert found.where == where
    assert rule in str(found)
    assert way_out in found.advice


def test_the_line_behind_one_too_long_is_read(tmp_path: Path) -> None:
    good = json.dumps(founded()).encode()
    found = list(history(tmp_path, b"x" * (3 * LONGEST), good).statements())
    assert [each.number for each in found] == [2, 3]
    assert isinstance(found[1], Statement)


def test_a_backslash_before_u0000_is_no_nul(tmp_path: Path) -> None:
    found = one(tmp_path, b'{"id": "1", "type": "person.left", "at": "2020-01-01", "person": "a\\\\u0000"}')
    assert isinstance(found, Statement)


def test_an_odd_character_is_kept(tmp_path: Path) -> None:
    found = one(tmp_path, line("\u202e1", "unit.formed", "2020-01-01", unit="🜁", name="ﷺ\u200d", kind="team"))
    assert isinstance(found, Statement)
    assert found.id == "\u202e1"


def test_a_file_that_was_cut_off_is_told_from_a_bad_line(tmp_path: Path) -> None:
    whole = json.dumps(founded()).encode()
    found = list(history(tmp_path, whole, whole[:40]).statements())
    assert isinstance(found[1], Unreadable)
    assert found[1].refusal.code == "cut-off"


def test_packed_and_plain_are_read_alike(tmp_path: Path) -> None:
    plain = history(tmp_path, json.dumps(founded()).encode(), b"", json.dumps(unit("a")).encode() + b"\r")
    packed = tmp_path / "packed"
    packed.write_bytes(gzip.compress(plain.path.read_bytes()))
    assert list(HistoryFile(packed).statements()) == list(plain.statements())
    assert [each.number for each in plain.statements()] == [2, 4]


@pytest.mark.parametrize("damage", [lambda packed: packed[:-20], lambda packed: packed[:200] + b"zz" + packed[202:]])
def test_a_damaged_packed_file_is_refused_whole(tmp_path: Path, damage: object) -> None:
    units = b"".join(json.dumps(unit(f"u{each}")).encode() + b"\n" for each in range(100))
    path = tmp_path / "history.gz"
    assert callable(damage)
    path.write_bytes(damage(gzip.compress(HEAD + units)))
    with pytest.raises(FileDamaged):
        list(HistoryFile(path).statements())


@pytest.mark.parametrize(
    ("content", "refused"),
    [
        (b"", HeaderMissing),
        (b"\n\n", HeaderMissing),
        (b"nonsense\n", HeaderMissing),
        (json.dumps(founded()).encode(), HeaderMissing),
        (b'{"avow": 2, "organisation": "a", "source": "s"}', FormatUnknown),
        (b'{"avow": true, "organisation": "a", "source": "s"}', FormatUnknown),
        (b'{"avow": 1, "organisation": "a"}', FieldInvalid),
        (b'{"avow": 1, "organisation": "a", "source": "s", "mood": 1}', FieldInvalid),
    ],
)
def test_a_file_begins_with_its_header(tmp_path: Path, content: bytes, refused: type[Refusal]) -> None:
    path = tmp_path / "history.jsonl"
    path.write_bytes(content)
    with pytest.raises(refused):
        HistoryFile(path)


def test_a_byte_order_mark_is_told(tmp_path: Path) -> None:
    path = tmp_path / "history.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + HEAD)
    with pytest.raises(Refusal, match="byte order mark"):
        HistoryFile(path)


def said(folder: Path, content: Said) -> object:
    found = one(folder, content)
    assert isinstance(found, Statement), found
    return found.command


def test_one_supported_goal_need_not_be_a_list(tmp_path: Path) -> None:
    proposed = {"strategy": "s", "title": "t"}
    alone = said(tmp_path, line("1", "goal.proposed", "2020-01-01", **proposed, supports="a"))
    listed = said(tmp_path, line("1", "goal.proposed", "2020-01-01", **proposed, supports=["a"]))
    assert alone == listed


def test_absent_is_unchanged_and_null_clears(tmp_path: Path) -> None:
    found = said(tmp_path, line("1", "goal.changed", "2020-01-01", goal="g", title="t", due=None, supports=[]))
    assert found == ChangeGoal(goal="g", title="t", cleared=("supports", "due"))


def test_for_names_its_subject_in_either_way(tmp_path: Path) -> None:
    alone = said(tmp_path, line("1", "accountable.named", "2020-01-01", **{"for": "g"}))
    named = said(tmp_path, line("1", "accountable.named", "2020-01-01", **{"for": {"goal": "g"}}))
    assert isinstance(alone, NameAccountable)
    assert isinstance(named, NameAccountable)
    assert (alone.for_, getattr(named.for_, "goal", None)) == ("g", "g")


def test_a_date_stands_for_its_first_instant_in_the_zone(tmp_path: Path) -> None:
    publish = line("1", "strategy.published", "2020-07-01", strategy="s", material=True, in_force_from="2020-07-02")
    lines = [json.dumps(each).encode() for each in (founded(zone="America/New_York"), publish)]
    found = list(history(tmp_path, *lines).statements())[1]
    assert isinstance(found, Statement)
    assert str(found.at) == "2020-07-01 04:00:00+00:00"
    assert isinstance(found.command, PublishStrategy)
    assert str(found.command.in_force_from) == "2020-07-02 04:00:00+00:00"


def test_a_date_that_is_a_date_stays_one(tmp_path: Path) -> None:
    found = said(tmp_path, line("1", "commitment.changed", "2020-01-01", commitment="c", by_when="2020-12-31"))
    assert isinstance(found, ChangeCommitment)
    assert str(found.by_when) == "2020-12-31"


def test_null_is_as_good_as_absent(tmp_path: Path) -> None:
    party: Said = {"party": {"person": "a"}, "strategy": "s"}
    found = one(tmp_path, line("1", "commitment.made", "2020-01-01", **party, level=None, actor=None, labels=None))
    assert isinstance(found, Statement)
    assert isinstance(found.command, MakeCommitment)
    assert (found.command.level, found.actor, found.labels) == (None, None, {})


def test_why_an_earlier_import_refused_a_line_is_no_part_of_it(tmp_path: Path) -> None:
    plain = one(tmp_path, unit("a"))
    marked = one(tmp_path, {**unit("a"), "refused": {"line": 9, "rule": "…"}})
    assert plain == marked
