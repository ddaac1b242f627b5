"""Compass 2025, which failed, and Clear Signal, its successor: elements, revisions, goals, who answers for what."""

from __future__ import annotations

from typing import NamedTuple

from adapters.sample.history import History, Value
from adapters.sample.people import ADMINISTRATOR, SPONSOR, STRATEGIST

COMPASS, SIGNAL = "compass", "clear-signal"

COMPASS_ELEMENTS: tuple[dict[str, Value], ...] = (
    {"element": "case", "kind": "case_for_change", "text": "Rivals undercut us in every second offer."},
    {"element": "vision", "kind": "vision", "text": "The first name in industrial sensing."},
    {"element": "c-share", "kind": "success_criterion", "text": "We win back market share."},
    {
        "element": "bet-price", "kind": "big_bet", "text": "Meet every rival's price on standard sensors.", "rank": 1,
        "supports": ["c-share"],
    },
)  # fmt: skip

SIGNAL_ELEMENTS: tuple[dict[str, Value], ...] = (
    {
        "element": "case", "kind": "case_for_change",
        "text": "Price wars cost us a fifth of our margin, and the plants we supply lose more by a day's outage.",
    },
    {"element": "vision", "kind": "vision", "text": "No plant stands still because of a measurement."},
    {"element": "value-plain", "kind": "value", "text": "We say plainly what a device can't do."},
    {
        "element": "future", "kind": "compelling_future", "horizon": "2028-06-30",
        "text": "By summer 2028 every Fernhaven sensor in the field calls for help before its owner notices.",
    },
    {
        "element": "c-uptime", "kind": "success_criterion", "text": "Installed sensors stay up.",
        "measure": "hours without a valid signal, per sensor and year", "method": "device log",
        "source": "fleet portal", "baseline": "31", "target": "8", "due": "2028-03-31",
    },
    {
        "element": "c-lead", "kind": "success_criterion", "text": "We deliver while the need is fresh.",
        "measure": "working days from order to dispatch, median", "method": "order book", "source": "planning system",
        "baseline": "19", "target": "10", "due": "2027-12-31",
    },
    {
        "element": "c-renewals", "kind": "success_criterion", "text": "Service customers stay.",
        "measure": "service contracts renewed, of those that end", "method": "contract list", "source": "finance",
        "baseline": "64 %", "target": "90 %", "due": "2027-12-31",
    },
    {
        "element": "bet-service", "kind": "big_bet", "rank": 1, "supports": ["c-uptime", "c-renewals"],
        "text": "Sell uptime under contract instead of spare parts by the piece.",
    },
    {
        "element": "bet-modular", "kind": "big_bet", "rank": 2, "supports": ["c-lead"],
        "text": "Build all sensors from three housings.",
    },
    {"element": "let-go", "kind": "let_go", "text": "Standard sensors sold on price alone."},
)  # fmt: skip


class Goal(NamedTuple):
    """A goal under Clear Signal and whose it is."""

    key: str
    title: str
    unit: str
    supports: tuple[str, ...]
    accountable: str | None
    target: str
    due: str


GOALS = (
    Goal(
        "hour-answer", "Every call is answered by somebody who can help within the hour", "service-desk",
        ("bet-service", "c-uptime"), "aino-fell", "95 % of calls", "2026-06-30",
    ),
    Goal(
        "right-first-time", "Repairs hold at the first attempt", "repair", ("c-uptime",), "ulla-brand", "92 %",
        "2026-12-18",
    ),
    Goal(
        "spares-next-day", "Spare parts leave the house the next day", "supply", ("c-uptime",), "ivo-castane", "98 %",
        "2026-06-30",
    ),
    Goal(
        "technicians-school", "Customers' technicians learn with us", "training", ("hour-answer", "bet-service"),
        "arvo-lindt", "60 graduates", "2026-12-18",
    ),
    Goal(
        "service-contracts", "Plants buy uptime", "sales", ("bet-service",), "brid-sonner", "120 contracts",
        "2026-12-18",
    ),
    Goal(
        "one-housing", "The new sensors share one housing family", "design", ("bet-modular",), "yrsa-kelm",
        "all new types", "2026-12-18",
    ),
    Goal(
        "field-updates", "Every device can be updated where it stands", "firmware", ("one-housing",), "kaja-ruun",
        "all types sold since 2022", "2026-12-18",
    ),
    Goal(
        "two-day-build", "A sensor is built within two days", "works", ("c-lead",), "wick-harlan", "2 working days",
        "2026-12-18",
    ),
    Goal(
        "two-day-calibration", "A sensor is calibrated within two days", "calibration", ("c-lead",), "edda-marsk",
        "2 working days", "2026-06-30",
    ),
    Goal(
        "price-list", "One price list for standard sensors", "sales", ("c-renewals",), None, "one list", "2026-03-31"
    ),
    Goal("night-shift", "Assembly works at night", "assembly", ("two-day-build",), None, "two shifts", "2026-06-30"),
)  # fmt: skip


class Strategies:
    """Tells both strategies."""

    def __init__(self, history: History) -> None:
        self.history = history

    def tell(self) -> None:
        """From the first draft of the one to the fourth draft of the other."""
        self._compass()
        self._draft_signal()
        self._goals()
        self._who_answers()
        self._revise_signal()
        self._what_became_of_goals()
        self._rules_of_the_house()

    def _compass(self) -> None:
        say = self.history.say
        say("strategy.drafted", "2024-11-11 10:00", strategy=COMPASS, title="Compass 2025", actor=STRATEGIST)
        for each in COMPASS_ELEMENTS:
            say("strategy.revised", "2024-11-12 10:00", strategy=COMPASS, actor=STRATEGIST, **each)
        for element, person in (("c-share", "teodor-vask"), ("bet-price", "brid-sonner")):
            self._name(COMPASS, "2024-11-25 11:00", person, element=element)
        say("strategy.submitted", "2024-11-27 16:00", strategy=COMPASS, actor=STRATEGIST)
        say(
            "exception.approved",
            "2024-11-28 09:30",
            strategy=COMPASS,
            exception="no-measure-of-share",
            element="c-share",
            objection="unmeasurable",
            expires="2025-06-30",
            actor=SPONSOR,
            reason="figures of the market come in spring",
        )
        say("strategy.published", "2024-12-02 08:00", strategy=COMPASS, revision=1, material=True, actor=SPONSOR)
        self._no_longer_wanted()
        say(
            "strategy.retired",
            "2025-08-29 17:00",
            strategy=COMPASS,
            successor=SIGNAL,
            actor=SPONSOR,
            reason="few believed it, and nobody could measure it",
        )

    def _no_longer_wanted(self) -> None:
        """The first regular look ends with its first question."""
        say, review = self.history.say, "look-june-2025"
        say(
            "review.opened",
            "2025-06-10 09:00",
            review=review,
            kind="strategy_check",
            title="Is Compass still what we want?",
            strategy=COMPASS,
            revision=1,
            questionnaire="regular-look",
            participants=["maren-oldag", "teodor-vask", "wick-harlan"],
            closes="2025-06-21",
            readers=[SPONSOR],
            actor=SPONSOR,
        )
        say(
            "look.answered",
            "2025-06-12 10:00",
            review=review,
            person="teodor-vask",
            wanted=False,
            because="we sell what we can build cheaply, and not what anybody asked us for",
            actor="teodor-vask",
        )
        say("review.closed", "2025-06-13 18:00", review=review, actor=SPONSOR)

    def _rules_of_the_house(self) -> None:
        """Where reports of wrongdoing go; how many KPIs are enough; and, after two revisions unasked, a bar."""
        say = self.history.say
        say("channel.named", "2025-01-07 10:00", channel="the ombudswoman, room 7 at the gate", actor=ADMINISTRATOR)
        say("limit.set", "2025-01-13 10:00", level="organisation", kind="kpi", most=6, actor=SPONSOR)
        say("bar.set", "2026-09-14 10:00", score=4, percent=70, demanded=True, actor=SPONSOR)

    def _draft_signal(self) -> None:
        say = self.history.say
        say("strategy.drafted", "2025-07-07 10:00", strategy=SIGNAL, title="Clear Signal", actor=STRATEGIST)
        for each in SIGNAL_ELEMENTS:
            say("strategy.revised", "2025-07-14 10:00", strategy=SIGNAL, actor=STRATEGIST, **each)
        for element, person in (
            ("c-uptime", "maren-oldag"), ("c-lead", "teodor-vask"), ("c-renewals", "osk-velden"),
            ("bet-service", "maren-oldag"),
        ):  # fmt: skip
            self._name(SIGNAL, "2025-08-11 11:00", person, element=element)
        # What the clarity check of the draft found: a half-hearted let-go, and plain words that come too late.
        self._revise(
            "2025-09-08 10:00", "let-go", "yrsa-kelm", "Standard sensors sold on price alone, and their parts."
        )
        self._revise(
            "2025-09-08 14:00", "value-plain", STRATEGIST, "We say plainly what a device can't do, before it is bought."
        )
        say("strategy.submitted", "2025-09-11 16:00", strategy=SIGNAL, actor=STRATEGIST)
        say(
            "exception.approved",
            "2025-09-12 09:30",
            strategy=SIGNAL,
            exception="nobody-for-housings",
            element="bet-modular",
            objection="nobody-accountable",
            expires="2025-12-31",
            actor=SPONSOR,
            reason="the head of housings is being sought",
        )
        self._publish("2025-09-15 08:00", 1, material=True)

    def _revise_signal(self) -> None:
        say = self.history.say
        self._revise("2026-02-09 10:00", "c-lead", STRATEGIST, target="7")
        self._revise("2026-02-10 10:00", "bet-modular", "yrsa-kelm", "Build all sensors from one family of housings.")
        say(
            "strategy.revised",
            "2026-02-11 10:00",
            strategy=SIGNAL,
            element="let-go-custom",
            kind="let_go",
            text="Housings made for one customer.",
            actor=STRATEGIST,
        )
        say("strategy.submitted", "2026-02-26 16:00", strategy=SIGNAL, actor=STRATEGIST)
        self._publish("2026-03-02 08:00", 2, material=True, in_force_from="2026-04-01")
        self._revise("2026-06-29 10:00", "vision", STRATEGIST, "No plant stands still for want of a measurement.")
        say("strategy.submitted", "2026-07-02 16:00", strategy=SIGNAL, actor=STRATEGIST)
        say(
            "exception.approved",
            "2026-07-03 09:30",
            strategy=SIGNAL,
            exception="renewals-between-two-heads",
            element="c-renewals",
            objection="nobody-accountable",
            expires="2026-10-01",
            actor=SPONSOR,
            reason="the head of Finance left; the successor starts in September",
        )
        self._publish("2026-07-06 08:00", 3, material=False)
        say(
            "strategy.revised",
            "2026-10-12 10:00",
            strategy=SIGNAL,
            element="c-circular",
            kind="success_criterion",
            text="Returned sensors live again.",
            actor=STRATEGIST,
        )
        self._name(SIGNAL, "2026-10-13 10:00", "ivo-castane", element="c-circular")

    def _goals(self) -> None:
        say = self.history.say
        for each in GOALS:
            say(
                "goal.proposed",
                "2025-09-16 10:00",
                strategy=SIGNAL,
                goal=each.key,
                title=each.title,
                unit=each.unit,
                supports=list(each.supports),
                accountable=each.accountable,
                target=each.target,
                due=each.due,
                actor=STRATEGIST,
            )
        for each in GOALS[:7]:
            say("goal.accepted", "2025-09-22 15:00", goal=each.key, actor=SPONSOR)
        for each in GOALS[7:9]:
            say(
                "goal.accepted",
                "2025-09-26 15:00",
                entered="2025-10-20",
                goal=each.key,
                actor=SPONSOR,
                reason="the minutes of the works meeting came late",
            )
        say("goal.declined", "2025-09-22 15:30", goal="price-list", actor=SPONSOR, reason="it serves what we let go")
        say("goal.deferred", "2025-09-22 15:30", goal="night-shift", actor=SPONSOR)

    def _who_answers(self) -> None:
        """Vacancies with their age: housings until December 2025, renewals in the summer of 2026."""
        self._name(
            SIGNAL,
            "2025-12-15",
            "bram-tolven",
            element="bet-modular",
            entered="2026-01-19",
            reason="agreed before the holidays, written down after them",
        )
        self._name(SIGNAL, "2026-07-01 09:00", None, element="c-renewals")
        self._name(SIGNAL, "2026-09-01 14:00", "tessa-grund", element="c-renewals")
        self._name(SIGNAL, "2026-02-02 14:00", "tove-ansgar", goal="field-updates")

    def _what_became_of_goals(self) -> None:
        say = self.history.say
        say("goal.changed", "2026-05-11 10:00", goal="service-contracts", target="160 contracts", actor=SPONSOR)
        say("goal.achieved", "2026-06-30 16:00", goal="hour-answer", actor="maren-oldag")
        say("goal.missed", "2026-07-03 16:00", goal="spares-next-day", actor=SPONSOR, reason="91 % by the end of June")
        say("goal.reopened", "2026-07-06 11:00", goal="two-day-calibration", actor=SPONSOR)
        say("goal.accepted", "2026-07-08 11:00", goal="two-day-calibration", actor=SPONSOR)
        say("goal.abandoned", "2026-07-08 11:30", goal="night-shift", actor=SPONSOR)

    def _revise(self, at: str, element: str, actor: str, text: str | None = None, *, target: str | None = None) -> None:
        """An element as it was at first, but for its text or target."""
        said = dict(next(each for each in SIGNAL_ELEMENTS if each["element"] == element))
        said |= {name: value for name, value in (("text", text), ("target", target)) if value}
        self.history.say("strategy.revised", at, strategy=SIGNAL, actor=actor, **said)

    def _publish(self, at: str, revision: int, *, material: bool, in_force_from: str | None = None) -> None:
        self.history.say(
            "strategy.published",
            at,
            strategy=SIGNAL,
            revision=revision,
            material=material,
            in_force_from=in_force_from,
            actor=SPONSOR,
        )

    def _name(
        self,
        strategy: str,
        at: str,
        person: str | None,
        *,
        element: str | None = None,
        goal: str | None = None,
        entered: str | None = None,
        reason: str | None = None,
    ) -> None:
        meant = {"goal": goal} if goal else {"strategy": strategy, "element": element}
        self.history.say(
            "accountable.named", at, entered=entered, reason=reason, for_=meant, person=person, actor=SPONSOR
        )
