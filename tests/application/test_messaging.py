"""Messages: one letter a person and day, of what applies when it is sent, in the person's own time."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from adapters.memory.messages import MemoryMessages
from adapters.recurrence import RuleRecurrences
from application.messages import Choice, Letter, MailFailed, MessageOffice, Outcome, Usual
from application.messaging import Postman
from application.reminding import Reminding
from application.schedules import ScheduleKeeper
from domain.owed import Call
from domain.questionnaire import Mode
from domain.reminder import Matter, MessageKind, Reminder
from domain.review import ReviewKind
from tests.application.scenes import Fields, published, refused
from tests.support.stage import Stage


@dataclass
class Post:
    """Takes letters, or does not."""

    letters: list[Letter] = field(default_factory=list[Letter])
    failing: MailFailed | None = None

    def send(self, letter: Letter) -> None:
        if self.failing is not None:
            raise self.failing
        self.letters.append(letter)


@dataclass
class Desk:
    """A stage with an outbox."""

    stage: Stage
    office: MessageOffice
    post: Post
    postman: Postman

    def goes_on(self, to: str) -> int:
        """It is that instant now; how many letters went out."""
        self.stage.say("clock.advanced", to)
        return self.postman.keep(self.stage.organisation)

    def told(self) -> list[tuple[str, str, list[tuple[Call, str]]]]:
        """To whom and on which day what was written, since it was asked last."""
        found = [
            (each.to.partition("@")[0], each.day.isoformat(), [(one.call, one.title) for one in each.reminders])
            for each in self.post.letters
        ]
        self.post.letters.clear()
        return found

    def outcomes(self, person: str) -> list[Outcome]:
        return [each.outcome for each in self.office.store.of(self.stage.organisation, self.stage.person(person))]


@pytest.fixture
def desk() -> Desk:
    """Ann in sales and Bob in service, who can be written to; Cy cannot."""
    stage = published()
    for person in ("dan", "eve"):
        stage.say("person.joined", "2026-03-04", person=person, name=person, email=f"{person}@example.org")
        stage.say("membership.began", "2026-03-04", person=person, unit="sales", home=True)
    office = MessageOffice(
        MemoryMessages(), stage.ledger.vault, lambda: stage.ledger.now(stage.organisation), Usual(hour=8)
    )
    post, reminding = Post(), Reminding(stage.questions, RuleRecurrences())
    postman = Postman(
        stage.ledger, office, reminding, post, lambda path: f"https://avow.example.org{path}", _token, simulated=True
    )
    return Desk(stage, office, post, postman)


def _token(organisation: UUID, person: UUID, kind: MessageKind | None) -> str:
    return str(kind)


def committed(stage: Stage, person: str = "dan", by_when: date = date(2026, 3, 20)) -> None:
    said: Fields = {"commitment": f"{person}/faster", "party_person": person, "strategy": "growth", "goal": "faster"}
    stage.say("commitment.made", "2026-03-06", by=person, by_when=by_when, **said)


def test_a_day_before_it_is_due_there_is_one_letter_from_the_set_hour_on(desk: Desk) -> None:
    committed(desk.stage)
    assert desk.goes_on("2026-03-19T07:59") == 0
    assert desk.goes_on("2026-03-19T08:00") == 1
    assert desk.told() == [("dan", "2026-03-19", [(Call.DELIVER, "Faster")])]
    assert desk.goes_on("2026-03-19T18:00") == 0
    assert desk.goes_on("2026-03-20T08:00") == 1


@pytest.mark.parametrize(
    ("day", "written"),
    [("2026-03-12", 0), ("2026-03-13", 1), ("2026-03-19", 1), ("2026-03-20", 1), ("2026-03-21", 1), ("2026-03-22", 0),
     ("2026-03-28", 1)],
)  # fmt: skip
def test_it_is_told_a_week_a_day_and_no_day_ahead_and_once_a_week_when_overdue(
    desk: Desk, day: str, written: int
) -> None:
    committed(desk.stage)
    assert desk.goes_on(f"{day}T09:00") == written


def test_what_does_not_apply_any_more_is_not_sent(desk: Desk) -> None:
    """It was written down in the morning; the server was away, and meanwhile the result was there."""
    committed(desk.stage)
    desk.post.failing = MailFailed("ConnectionRefusedError")
    assert desk.goes_on("2026-03-19T08:00") == 0
    desk.stage.say("commitment.fulfilled", "2026-03-19T08:30", commitment="dan/faster", by="dan")
    desk.post.failing = None
    assert desk.goes_on("2026-03-19T09:00") == 0
    assert (desk.told(), desk.outcomes("dan")) == ([], [Outcome.DROPPED])


def test_what_was_not_taken_is_tried_again_and_given_up_after_a_day(desk: Desk) -> None:
    committed(desk.stage)
    desk.post.failing = MailFailed("SMTPServerDisconnected")
    desk.goes_on("2026-03-19T08:00")
    assert desk.goes_on("2026-03-19T08:00") == 0
    desk.post.failing = None
    assert desk.goes_on("2026-03-19T08:02") == 1
    desk.post.failing = MailFailed("SMTPServerDisconnected")
    desk.goes_on("2026-03-20T08:00")
    desk.goes_on("2026-03-21T08:01")
    assert desk.outcomes("dan")[1:] == [Outcome.GIVEN_UP, Outcome.SENT]


def test_who_is_refused_for_good_is_not_tried_again(desk: Desk) -> None:
    committed(desk.stage)
    desk.post.failing = MailFailed("the recipient was refused (550)", for_good=True)
    desk.goes_on("2026-03-19T08:00")
    assert desk.outcomes("dan") == [Outcome.GIVEN_UP]


def test_who_left_or_has_no_address_is_not_written_to(desk: Desk) -> None:
    committed(desk.stage)
    committed(desk.stage, "ann")
    desk.stage.say("person.left", "2026-03-10", person="dan")
    assert desk.goes_on("2026-03-19T08:00") == 0
    assert desk.told() == []


def test_the_hour_is_that_of_the_persons_own_zone(desk: Desk) -> None:
    committed(desk.stage)
    person = desk.stage.person("dan")
    desk.office.choose(desk.stage.organisation, person, Choice(zone="America/New_York", hour=6, language="de"))
    assert desk.goes_on("2026-03-19T10:59") == 0  # 5:59 in New York: there the clocks have gone on already
    assert desk.goes_on("2026-03-19T11:00") == 1
    assert desk.post.letters[0].language == "de"


def test_what_the_organisation_set_holds_for_whoever_chose_nothing(desk: Desk) -> None:
    organisation, person = desk.stage.organisation, desk.stage.person("dan")
    desk.office.choose(organisation, organisation, Choice(language="de", hour=6))
    assert desk.office.holds(organisation, person, "Europe/Berlin") == Choice(
        language="de", zone="Europe/Berlin", hour=6
    )
    desk.office.choose(organisation, person, Choice(language="en", hour=0))
    assert desk.office.holds(organisation, person, "Europe/Berlin") == Choice(
        language="en", zone="Europe/Berlin", hour=0
    )


def test_a_kind_that_is_turned_off_is_left_out_and_no_letter_is_of_nothing(desk: Desk) -> None:
    committed(desk.stage)
    desk.office.stop(desk.stage.organisation, desk.stage.person("dan"), MessageKind.COMMITMENTS)
    assert desk.goes_on("2026-03-19T08:00") == 0
    desk.stage.say(
        "duty.given", "2026-03-19T09:00", person="dan", kind="acknowledge", for_="growth", due=date(2026, 3, 21)
    )
    assert desk.goes_on("2026-03-20T08:00") == 1
    assert [(each.call) for each in desk.post.letters[0].reminders] == [Call.DUTY]


def test_all_kinds_are_turned_off_by_one_click(desk: Desk) -> None:
    committed(desk.stage)
    desk.office.stop(desk.stage.organisation, desk.stage.person("dan"), None)
    assert desk.goes_on("2026-03-19T08:00") == 0


def test_a_letter_says_how_each_of_its_kinds_is_stopped(desk: Desk) -> None:
    committed(desk.stage)
    desk.goes_on("2026-03-19T08:00")
    (letter,) = desk.post.letters
    assert letter.stop == (
        (MessageKind.COMMITMENTS, "https://avow.example.org/stop/commitments"),
        (None, "https://avow.example.org/stop/None"),
    )
    assert letter.owed_at == "https://avow.example.org/v1/organisations/acme/me/owed"


def opened(stage: Stage, mode: Mode, people: tuple[str, ...]) -> None:
    terms: Fields = {"minimum_group_size": 3, "reported_back": date(2026, 4, 30)}
    stage.say(
        "review.opened",
        "2026-03-09",
        review="pulse",
        kind=ReviewKind.HEALTH_CHECK,
        title="Pulse",
        strategy="growth",
        questionnaire="health-check",
        mode=mode,
        participants=people,
        closes=stage.day("2026-03-19"),
        **(terms if mode is Mode.CONFIDENTIAL else {}),
    )


def test_in_an_attributed_cycle_who_has_answered_is_not_reminded(desk: Desk) -> None:
    opened(desk.stage, Mode.ATTRIBUTED, ("dan", "eve"))
    assert desk.goes_on("2026-03-09T08:00") == 2
    desk.told()
    desk.stage.say("review.answered", "2026-03-10", review="pulse", person="dan", answers={}, by="dan")
    desk.goes_on("2026-03-17T08:00")
    assert desk.told() == [("eve", "2026-03-17", [(Call.ANSWER, "Pulse")])]
    assert desk.goes_on("2026-03-19T08:00") == 0


def test_in_a_confidential_cycle_everybody_asked_is_reminded_alike(desk: Desk) -> None:
    """Whether somebody answered is not looked at, so no letter, and no missing one, tells it."""
    people = ("ann", "bob", "cy", "dan", "eve")
    opened(desk.stage, Mode.CONFIDENTIAL, people)
    stage = desk.stage
    desk.goes_on("2026-03-09T08:00")
    first = desk.told()
    (id,) = stage.ledger.book(stage.organisation).begun("review.opened")
    stage.box.prepare(stage.organisation, id, [stage.person(each) for each in people])
    stage.box.cast(stage.organisation, id, stage.person("dan"), {})
    desk.goes_on("2026-03-17T08:00")
    told = desk.told()
    assert [each[0] for each in first] == [each[0] for each in told]
    assert sorted(each[0] for each in told) == ["dan", "eve"]
    assert {tuple(each[2]) for each in told} == {((Call.ANSWER, "Pulse"),)}


def test_a_simulated_organisation_writes_to_nobody_unless_it_is_meant_to(desk: Desk) -> None:
    committed(desk.stage)
    desk.postman.simulated = False
    assert desk.goes_on("2026-03-19T08:00") == 0
    assert desk.outcomes("dan") == []


def test_without_a_server_nothing_is_written_down(desk: Desk) -> None:
    committed(desk.stage)
    desk.postman.mail = None
    assert desk.goes_on("2026-03-19T08:00") == 0
    assert desk.outcomes("dan") == []


def test_two_workers_send_one_letter(desk: Desk) -> None:
    committed(desk.stage)
    desk.stage.say("clock.advanced", "2026-03-19T08:00")
    other = Postman(
        desk.stage.ledger,
        desk.office,
        desk.postman.reminding,
        desk.post,
        desk.postman.address,
        desk.postman.token,
        simulated=True,
    )
    assert [each.keep(desk.stage.organisation) for each in (desk.postman, other)] == [1, 0]


def test_what_is_kept_of_a_person_is_let_go_of(desk: Desk) -> None:
    committed(desk.stage)
    desk.goes_on("2026-03-19T08:00")
    organisation, person = desk.stage.organisation, desk.stage.person("dan")
    desk.office.stop(organisation, person, None)
    desk.office.forget(organisation, person)
    assert (desk.office.store.choice(organisation, person), desk.outcomes("dan")) == (None, [])


@pytest.mark.parametrize("choice", [Choice(language="fr"), Choice(zone="Mars/Olympus"), Choice(hour=24)])
def test_what_cannot_be_chosen_is_refused(desk: Desk, choice: Choice) -> None:
    with refused(desk.stage, "choice-unknown"):
        desk.office.choose(desk.stage.organisation, desk.stage.person("dan"), choice)


def test_a_calendar_holds_by_whens_and_cycles_of_its_person(desk: Desk) -> None:
    committed(desk.stage)
    opened(desk.stage, Mode.ATTRIBUTED, ("dan",))
    desk.stage.say(
        "schedule.set",
        "2026-03-10",
        kind=ReviewKind.HEALTH_CHECK,
        title="Monthly",
        strategy="growth",
        questionnaire="health-check",
        rule="FREQ=MONTHLY",
        starts=desk.stage.day("2026-04-01T09:00"),
        open_days=7,
        unit="sales",
    )
    asked = desk.stage.ask("2026-03-11")
    reminding, person = desk.postman.reminding, desk.stage.person("dan")
    windows = reminding.windows(asked, person)
    assert [each.title for each in windows] == ["Pulse", "Monthly", "Monthly", "Monthly", "Monthly"]
    assert windows[1].opens == datetime(2026, 4, 1, 7, tzinfo=UTC)
    assert windows[1].closes - windows[1].opens == timedelta(days=6, hours=15)
    assert [each.title for each in reminding.windows(asked, desk.stage.person("bob"))] == []
    desk.stage.say("clock.advanced", "2026-04-01T09:00")
    ScheduleKeeper(desk.stage.ledger, desk.stage.questions, RuleRecurrences()).keep(desk.stage.organisation)
    now = next(each for each in reminding.windows(desk.stage.ask(), person) if each.title == "Monthly, 2026-04-01")
    assert (now.uid, now.opens) == (windows[1].uid, windows[1].opens)


def test_what_has_no_day_is_told_once_a_week() -> None:
    reminder = Reminder(call=Call.CONFIRM, record=UUID(int=1), title="X")
    days = [date(2026, 3, day) for day in range(9, 17)]
    assert [day for day in days if reminder.calls(day)] == [date(2026, 3, 9), date(2026, 3, 16)]
    assert reminder.kind is MessageKind.COMMITMENTS


def test_a_letter_says_what_each_thing_is_and_by_its_own_name(desk: Desk) -> None:
    """Word on one's concern is asked for as that, and an item of knowledge stands under its title."""
    stage = desk.stage
    stage.say(
        "concern.raised", "2026-03-05", by="dan", concern="c", person="dan", strategy="growth", kind="care", text="who?"
    )
    stage.say("concern.addressed", "2026-03-06", by="bob", concern="c", how="we talked")
    stage.say(
        "knowledge.captured",
        "2026-03-06",
        knowledge="terms",
        title="Terms",
        text="By the day.",
        language="en",
        keeper="dan",
        review_by=date(2026, 3, 8),
    )
    stage.say("duty.given", "2026-03-06", person="dan", kind="acknowledge", for_="growth")
    assert desk.goes_on("2026-03-09T08:00") == 1
    (letter,) = desk.post.letters
    assert {(each.call, each.matter, each.title) for each in letter.reminders} == {
        (Call.ACT, Matter.KNOWLEDGE, "Terms"),
        (Call.CONFIRM, Matter.CONCERN, "Growth"),
        (Call.DUTY, Matter.ACKNOWLEDGE, "Growth"),
    }
    desk.office.stop(stage.organisation, stage.person("dan"), MessageKind.REQUESTS)
    assert desk.goes_on("2026-03-16T08:00") == 1
    assert Matter.CONCERN not in [each.matter for each in desk.post.letters[-1].reminders]
