"""Every end of a ballot box: published, refused, cancelled, silence, killed, restored, erased; in both stores."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from threading import Event
from uuid import UUID, uuid4

import psycopg
import pytest

from adapters.bootstrap import Installation, in_memory, on_postgres
from adapters.crypto.box import BoxKeys, SealedBox
from adapters.crypto.keys import KeyEncryptionKey
from adapters.postgres.backup import back_up, restore
from adapters.postgres.box import PostgresBoxKeys, PostgresBoxStore
from application.ballots import Ballots
from application.box import BoxStanding, NotInTheBox
from application.boxes import BoxKeeper, reminder_days
from application.desk import organisation_id
from tests.support.cycle import EVERYBODY, NORTH, Cycle, done, followed, scored

KEY = KeyEncryptionKey(bytes(32))
AFTER = "2026-03-20T16:00:01Z"
ANNA = NORTH[0]


@pytest.fixture(params=["memory", "postgres"])
def cycle(request: pytest.FixtureRequest) -> Iterator[Cycle]:
    if request.param == "memory":
        yield Cycle.opened(in_memory(), f"org-{uuid4()}")
        return
    dsn = request.getfixturevalue("followed_postgres_dsn")
    with on_postgres(dsn, KEY) as installation, followed(installation):
        yield Cycle.opened(installation, f"org-{uuid4()}")


def standing(cycle: Cycle) -> BoxStanding:
    return cycle.api.installation.box.standing(cycle.organisation, UUID(cycle.review))


def ended(cycle: Cycle) -> list[str]:
    """How the box ended, as often as it is recorded."""
    return [str(each["content"]["end"]) for each in cycle.read("history?topics=review.box_ended")]


def followed_up(cycle: Cycle) -> None:
    """The worker comes by, more than once."""
    for _ in range(3):
        cycle.keep()
    projector = cycle.api.installation.projector()
    if projector is not None:
        head = cycle.api.installation.ledger.ledger_recorder.head(cycle.organisation)
        assert head is not None
        assert cycle.api.installation.states.wait_for(cycle.organisation, head.position)


def test_published_it_ends_and_serves_nothing_more(cycle: Cycle) -> None:
    cycle.all_answer()
    cycle.closed()
    followed_up(cycle)
    assert (standing(cycle), ended(cycle)) == (BoxStanding.WHOLE, [])
    done(cycle.publish())
    # What is published is never counted anew, even before the worker comes by.
    assert cycle.publish().get_json()["rule"] == "published-once"
    assert cycle.ballot(ANNA).get_json()["rule"] == "ballot-not-shown"
    followed_up(cycle)
    assert (standing(cycle), ended(cycle)) == (BoxStanding.ENDED, ["published"])


def test_too_few_answered_it_ends_unpublished_and_nothing_is_left(cycle: Cycle) -> None:
    cycle.all_answer(NORTH[:4])
    cycle.at(AFTER)
    refused = cycle.publish()
    assert refused.get_json()["rule"] == "too-few-answered"
    followed_up(cycle)
    assert (standing(cycle), ended(cycle)) == (BoxStanding.ENDED, ["refused"])
    assert cycle.publish().status_code == 409


def test_cancelled_it_ends_at_once(cycle: Cycle) -> None:
    cycle.all_answer(NORTH)
    done(cycle.api.as_("sponsor").change("reviews/spring", "cancellations"))
    assert cycle.answer(ANNA, scored(1)).get_json()["rule"] == "takes-no-answers"
    followed_up(cycle)
    assert (standing(cycle), ended(cycle)) == (BoxStanding.ENDED, ["cancelled"])


def test_thirty_days_after_the_close_it_ends_though_nobody_published(cycle: Cycle) -> None:
    cycle.all_answer()
    cycle.at("2026-04-19T15:59:59Z")
    followed_up(cycle)
    assert (standing(cycle), ended(cycle)) == (BoxStanding.WHOLE, [])
    cycle.at("2026-04-19T16:00:00Z")
    followed_up(cycle)
    assert (standing(cycle), ended(cycle)) == (BoxStanding.ENDED, ["unpublished"])
    assert cycle.publish().status_code == 409


def test_closed_early_the_thirty_days_run_from_then(cycle: Cycle) -> None:
    cycle.all_answer()
    cycle.at("2026-03-05T12:00:00Z")
    cycle.closed()
    cycle.at("2026-04-04T12:01:00Z")
    followed_up(cycle)
    assert ended(cycle) == ["unpublished"]


def test_a_box_that_was_never_touched_is_made_by_the_worker_and_ends_like_any_other(cycle: Cycle) -> None:
    followed_up(cycle)
    assert standing(cycle) is BoxStanding.WHOLE
    cycle.at(AFTER)
    followed_up(cycle)
    assert (standing(cycle), ended(cycle)) == (BoxStanding.ENDED, ["refused"])


def test_two_keepers_at_once_record_one_end(cycle: Cycle) -> None:
    cycle.all_answer()
    cycle.closed()
    done(cycle.publish())
    other = BoxKeeper(cycle.api.installation.ballots)
    cycle.keep()
    other.keep(cycle.organisation)
    followed_up(cycle)
    assert ended(cycle) == ["published"]


def test_somebody_erased_while_it_is_open_has_no_ballot_any_more(cycle: Cycle) -> None:
    cycle.all_answer()
    installation = cycle.api.installation
    person = UUID(cycle.api.as_("administrator").get(f"people/{ANNA}").get_json()["answer"]["id"])
    for _ in range(2):
        installation.ballots.forget(cycle.organisation, person)
    assert cycle.ballot(ANNA).get_json()["rule"] == "not-in-the-box"
    assert cycle.answer(ANNA, scored(1)).get_json()["rule"] == "not-in-the-box"
    assert cycle.owes(ANNA)["owed"] is False
    assert installation.box.answered(cycle.organisation, UUID(cycle.review)) == len(EVERYBODY) - 1


def test_an_erasure_over_http_takes_the_ballot_along_and_the_review_goes_on_without_it(cycle: Cycle) -> None:
    cycle.all_answer(score=2)
    assert cycle.answer(ANNA, scored(5)).status_code == 201
    box, review = cycle.api.installation.box, UUID(cycle.review)
    erased = cycle.api.as_("administrator").change(f"people/{ANNA}", "erasures", {"reason": "request of 3 May"})
    assert erased.status_code == 201, erased.get_json()
    assert box.answered(cycle.organisation, review) == len(EVERYBODY) - 1
    with pytest.raises(NotInTheBox):
        box.own(cycle.organisation, review, UUID(erased.get_json()["id"]))
    assert cycle.answer(ANNA, scored(5)).status_code == 401
    cycle.closed()
    done(cycle.publish())
    results = cycle.shown()["results"]
    assert (results["asked"], results["answered"]) == (len(EVERYBODY), len(EVERYBODY) - 1)
    assert sorted(each["n"] for each in results["parts"]) == [5, 6, 11]
    # Anna alone had said 5, all others 2.
    for part in results["parts"]:
        for question in part["questions"][:2]:
            assert question["distribution"] == [0, part["n"], 0, 0, 0]


def test_somebody_erased_after_the_close_changes_nothing_counted(cycle: Cycle) -> None:
    cycle.all_answer()
    person = UUID(cycle.api.as_("administrator").get(f"people/{ANNA}").get_json()["answer"]["id"])
    cycle.closed()
    cycle.api.installation.ballots.forget(cycle.organisation, person)
    assert cycle.api.installation.box.answered(cycle.organisation, UUID(cycle.review)) == len(EVERYBODY)


class OneRound(Event):
    """Told to stop as soon as somebody waits."""

    def wait(self, timeout: float | None = None) -> bool:
        self.set()
        return True


def test_a_box_that_cannot_be_opened_does_not_keep_the_others_from_ending(empty_postgres_dsn: str) -> None:
    with on_postgres(empty_postgres_dsn, KEY) as installation, followed(installation):
        first, second = (Cycle.opened(installation, key) for key in sorted(("left", "right"), key=organisation_id))
        for cycle in (first, second):
            cycle.all_answer(NORTH[:4])
            cycle.closed()
        with psycopg.connect(empty_postgres_dsn, autocommit=True) as administrator:
            administrator.execute(
                "update avow_box_keys.box_keys set wrapped = %s where review = %s", (bytes(68), first.review)
            )
        installation.boxes.run(OneRound())
        followed_up(second)
        assert ended(second) == ["refused"]
        assert ended(first) == []


class KilledBefore(PostgresBoxKeys):
    """The process ends, as by SIGKILL, when it is about to destroy a key."""

    def destroy(self, organisation: UUID, review: UUID) -> None:
        os.kill(os.getpid(), signal.SIGKILL)


class KilledAfter(PostgresBoxKeys):
    """The process ends when the key is destroyed and the ballots are still there."""

    def destroy(self, organisation: UUID, review: UUID) -> None:
        super().destroy(organisation, review)
        os.kill(os.getpid(), signal.SIGKILL)


def keep_once(dsn: str, organisation: UUID, keys: Callable[[str], BoxKeys]) -> None:
    """What a worker does in a process of its own."""
    with on_postgres(dsn, KEY) as avow:
        BoxKeeper(Ballots(avow.ledger, SealedBox(PostgresBoxStore.of(dsn), keys(dsn), KEY))).keep(organisation)


def killed(dsn: str, cycle: Cycle, keys: Callable[[str], BoxKeys]) -> None:
    process = multiprocessing.get_context("spawn").Process(target=keep_once, args=(dsn, cycle.organisation, keys))
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL


def rows(dsn: str, cycle: Cycle) -> int:
    with psycopg.connect(dsn) as administrator:
        counted = administrator.execute(
            "select count(*) from avow_box.ballots where review = %s", (cycle.review,)
        ).fetchone()
    assert counted is not None
    return int(counted[0])


@pytest.mark.parametrize(("keys", "left"), [(KilledBefore.of, BoxStanding.WHOLE), (KilledAfter.of, BoxStanding.VOID)])
def test_killed_between_publishing_and_the_end_the_next_worker_ends_it(
    followed_postgres_dsn: str, keys: Callable[[str], BoxKeys], left: BoxStanding
) -> None:
    dsn = followed_postgres_dsn
    with on_postgres(dsn, KEY) as installation, followed(installation):
        cycle = Cycle.opened(installation, f"org-{uuid4()}")
        cycle.all_answer()
        cycle.closed()
        done(cycle.publish())
        killed(dsn, cycle, keys)
        assert (standing(cycle), ended(cycle), rows(dsn, cycle)) == (left, [], len(EVERYBODY))
        assert cycle.ballot(ANNA).get_json()["rule"] == "ballot-not-shown"
        assert cycle.publish().get_json()["rule"] == "published-once"
        followed_up(cycle)
        assert (standing(cycle), ended(cycle), rows(dsn, cycle)) == (BoxStanding.ENDED, ["published"], 0)


@pytest.fixture
def restored(bare_postgres_dsn: str, tmp_path: Path) -> Iterator[Callable[[str, str], Installation]]:
    """Restores an older copy of the events beside the newest keys."""
    opened = list[Installation]()

    def bring_back(events: str, keys: str) -> Installation:
        for file in (events, keys):
            restore(bare_postgres_dsn, tmp_path / file)
        opened.append(on_postgres(bare_postgres_dsn, KEY))
        return opened[-1]

    yield bring_back
    for each in opened:
        each.close()


def test_restored_from_an_older_backup_the_box_is_void_and_ends_so(
    empty_postgres_dsn: str, restored: Callable[[str, str], Installation], tmp_path: Path
) -> None:
    with on_postgres(empty_postgres_dsn, KEY) as installation, followed(installation):
        cycle = Cycle.opened(installation)
        cycle.all_answer()
        back_up(empty_postgres_dsn, tmp_path / "older-events", tmp_path / "older-keys")
        cycle.closed()
        done(cycle.publish())
        followed_up(cycle)
        assert ended(cycle) == ["published"]
        back_up(empty_postgres_dsn, tmp_path / "events", tmp_path / "keys")
    again = restored("older-events", "keys")
    with followed(again):
        review, organisation = UUID(cycle.review), cycle.organisation
        assert again.box.standing(organisation, review) is BoxStanding.VOID
        assert again.ballots.review(organisation, review).takes_answers(again.ledger.now(organisation))
        again.boxes.keep(organisation)
        assert again.box.standing(organisation, review) is BoxStanding.ENDED
        found = again.ballots.review(organisation, review)
        assert (found.box, found.takes_answers(again.ledger.now(organisation))) == ("void", False)


def test_reminders_come_half_way_and_on_the_day_before_the_last() -> None:
    days = reminder_days(date(2026, 3, 2), date(2026, 3, 20))
    assert days == {date(2026, 3, 11), date(2026, 3, 19)}
    assert reminder_days(date(2026, 3, 2), date(2026, 3, 4)) == {date(2026, 3, 3)}
    assert reminder_days(date(2026, 3, 2), date(2026, 3, 3)) == frozenset()
    assert reminder_days(date(2026, 3, 2), date(2026, 3, 2)) == frozenset()
