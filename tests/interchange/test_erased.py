"""A history with people who were erased in it, taken out and brought in."""

from __future__ import annotations

import json
from typing import Any

from adapters.bootstrap import in_memory
from application.ledger import Ledger
from domain.sealed import TextKind
from tests.interchange.conftest import Place, Said, founded, header, joined, line, small_history, unit

ERASED = line("x", "person.erased", "2020-06-01", person="anna", reason="her request")


def begun() -> list[Said]:
    return [header(), founded(), unit("top"), joined("anna"), joined("ben")]


def words_of(place: Place) -> str:
    return b"".join(place.taken_out()).decode()


def erased_in(ledger: Ledger, place: Place) -> list[frozenset[TextKind]]:
    return list(ledger.vault.erased(place.organisation).values())


class TestComingIn:
    def test_an_erasure_in_a_history_destroys_the_keys_once_all_is_recorded(self, place: Place) -> None:
        report = place.bring_in([*small_history(), ERASED])
        assert (report.refused, report.recorded) == (0, len(small_history()))
        assert erased_in(place.avow.ledger, place) == [set(TextKind)]
        assert "All calls within a day" not in words_of(place)

    def test_the_same_file_again_is_passed_over(self, place: Place) -> None:
        place.bring_in([*small_history(), ERASED])
        again = place.bring_in([*small_history(), ERASED])
        assert (again.recorded, again.refused, again.erased) == (0, 0, 0)
        assert again.passed_over == len(small_history())

    def test_new_lines_of_an_erased_person_are_passed_over_and_told_and_all_others_recorded(self, place: Place) -> None:
        place.bring_in([*small_history(), ERASED])
        told, before = list[tuple[int, str | None, str]](), place.position
        new = [
            header(),
            line("r1", "rank.held", "2020-06-02", person="anna", rank="director"),
            line("l1", "person.left", "2020-06-03", person="anna", reason="gone"),
            line("b1", "rank.held", "2020-06-02", person="ben", rank="clerk"),
            line("n1", "commitment.made", "2020-06-04", commitment="new", party={"person": "anna"}, strategy="2020",
                 goal="phones", level="committed", result="once more"),
            line("n2", "commitment.renewed", "2020-06-05", commitment="new"),
            line("n1r", "commitment.made", "2020-06-04", commitment="new", party={"person": "anna"}, strategy="2020",
                 goal="phones", level="committed", result="better", replaces="n1", reason="slip"),
            line("b2", "acknowledgement.given", "2020-06-05", person="ben", strategy="2020", actor="ben",
                 reason="anna told me"),
        ]  # fmt: skip
        report = place.bring_in(new)
        assert (report.refused, report.recorded, report.erased) == (0, 2, 5), place.refused
        assert place.position == before + 2
        told = [(each.number, each.id, each.code) for each in place.erased]
        assert [(number, id) for number, id, _ in told] == [
            (2, "r1"), (3, "l1"), (5, "n1"), (6, "n2"), (7, "n1r"),
        ]  # fmt: skip
        assert {code for *_, code in told} == {"line-of-erased"}

    def test_who_joins_again_under_the_key_of_an_erased_person_is_passed_over(self, place: Place) -> None:
        place.bring_in([*begun(), ERASED])
        report = place.bring_in([
            header(),
            line("l", "person.left", "2020-06-02", person="ben"),
            line("again", "person.joined", "2020-06-03", person="anna", name="Anna"),
            line("back", "person.joined", "2020-06-03", person="ben"),
        ])  # fmt: skip
        assert (report.recorded, report.erased, report.refused) == (2, 1, 0), place.refused

    def test_what_an_erased_person_did_for_others_is_recorded(self, place: Place) -> None:
        place.bring_in([*begun(), ERASED])
        report = place.bring_in([header(), line("u2", "unit.formed", "2020-06-02", unit="new", name="New", kind="team",
                                               actor="anna")])  # fmt: skip
        assert (report.recorded, report.erased) == (1, 0)


class TestGoingOut:
    def test_lines_name_an_erased_person_by_id_and_hold_no_word_of_theirs(self, place: Place) -> None:
        place.bring_in(small_history())
        anna = place.avow.ledger.book(place.organisation).find("person", "anna")
        before = words_of(place)
        assert '"person":"anna"' in before
        assert "All calls within a day" in before
        place.bring_in([header(), ERASED])
        after = words_of(place)
        for gone in ('"anna"', "Anna", "All calls within a day", "holidays"):
            assert gone not in after
        assert f'"person":"{anna}"' in after
        assert '"person":"ben"' in after

    def test_the_copy_has_the_same_figures_and_she_is_erased_in_it_too(self, place: Place) -> None:
        place.bring_in([*small_history(), ERASED])
        lines: list[Any] = [json.loads(each) for each in place.taken_out()]
        with in_memory() as avow:
            copy = Place(avow, place.folder, place.key)
            report = copy.bring_in(lines)
            assert (report.refused, report.erased) == (0, 0), copy.refused
            assert report.recorded == len(lines) - 1
            assert erased_in(avow.ledger, copy) == [set(TextKind)]
            again: list[Any] = [json.loads(each) for each in copy.taken_out()]
        told = [[(each.get("type"), each.get("at"), each.get("level")) for each in one] for one in (lines, again)]
        assert told[0] == told[1]
