"""A confidential review behind the HTTP API: two teams of six, asked whether the strategy is clear and believable."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Event, Thread
from typing import Any
from uuid import UUID

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from adapters.bootstrap import Installation
from application.desk import organisation_id
from domain.organisation import ClockKind
from tests.support.api import Api

NORTH = tuple(f"north-{number}" for number in range(1, 7))
SOUTH = tuple(f"south-{number}" for number in range(1, 7))
EVERYBODY = (*NORTH, *SOUTH)
FOUNDED = datetime(2026, 2, 2, 8, tzinfo=UTC)
OPENED, CLOSES, REPORTED = "2026-03-02T08:00:00Z", "2026-03-20T16:00:00Z", "2026-03-27"
QUESTIONNAIRE = {
    "name": "blunt",
    "version": 1,
    "modes": ["confidential"],
    "questions": [
        {"id": "clear", "text": "I know where we are going."},
        {"id": "believe", "text": "We shall get there."},
        {"id": "missing", "text": "What is not being said?", "kind": "open"},
    ],
}
Said = Mapping[str, Mapping[str, Any]]


@dataclass
class Cycle:
    """The organisation, and its one confidential review. Time is what `at` says it is."""

    api: Api
    review: str

    @classmethod
    def opened(
        cls,
        installation: Installation | None = None,
        key: str = "acme",
        people: Sequence[str] = EVERYBODY,
        client: FlaskClient | None = None,
    ) -> Cycle:
        """Everybody joined, the strategy was published, and the review opens."""
        api = Api.found(key, clock=ClockKind.SIMULATED, installation=installation, client=client, known=FOUNDED)
        cycle = cls(api, "")
        for unit in ("north", "south"):
            done(api.post("units", {"unit": unit, "name": unit.title(), "kind": "team"}))
        for person in people:
            api.joins(person, unit=person.partition("-")[0])
        api.published()
        cycle.at(OPENED)
        cycle.review = done(
            api.as_("sponsor").post(
                "reviews",
                {
                    "review": "spring",
                    "kind": "commitment_audit",
                    "title": "What we think",
                    "strategy": "2026",
                    "revision": 1,
                    "questionnaire": QUESTIONNAIRE,
                    "mode": "confidential",
                    "participants": list(people),
                    "closes": CLOSES,
                    "reported_back": REPORTED,
                },
            )
        )
        return cycle

    @property
    def organisation(self) -> UUID:
        return organisation_id(self.api.key)

    def at(self, instant: str) -> None:
        """Let it be that instant."""
        done(self.api.as_("administrator").post("clock-advances", {"at": instant, "known": instant}))

    def answer(self, person: str, said: Said, **headers: str) -> TestResponse:
        """Somebody sends their ballot."""
        body = {"person": person, "answers": said}
        return self.api.as_(person).post("reviews/spring/answers", body, **headers)

    def ballot(self, person: str) -> TestResponse:
        """Somebody looks at their ballot."""
        return self.api.as_(person).get("reviews/spring/ballot")

    def owes(self, person: str) -> Any:
        """Whether somebody still owes an answer, as they are told."""
        return self.api.as_(person).get("me/owed").get_json()["present"]["still_owed"][0]

    def keep(self) -> None:
        """The worker comes by."""
        self.api.installation.boxes.keep(self.organisation)

    def all_answer(self, people: Sequence[str] = EVERYBODY, score: int = 4) -> None:
        """Each of them answers."""
        for person in people:
            answered = self.answer(person, scored(score))
            assert answered.status_code == 201, answered.get_json()

    def closed(self) -> None:
        """The sponsor closes the review."""
        done(self.api.as_("sponsor").change("reviews/spring", "closings"))

    def publish(self) -> TestResponse:
        """The sponsor publishes the results."""
        return self.api.as_("sponsor").change("reviews/spring", "publications")

    def shown(self) -> Any:
        """The review, as the auditor is shown it."""
        return self.read("reviews/spring")

    def read(self, path: str) -> Any:
        """What the auditor is answered, once all that was done here is in it."""
        return self.api.as_("auditor").get(path, Avow_At_Least=str(self.api.position)).get_json()["answer"]

    def recorded(self) -> list[str]:
        """The topics of all that was recorded since the opening."""
        told = self.read("history?page_size=500")
        topics = [str(each["topic"]) for each in told]
        return topics[topics.index("review.opened") + 1 :]


@contextmanager
def followed(installation: Installation) -> Iterator[None]:
    """Its projector is at work meanwhile."""
    projector, stop = installation.projector(), Event()
    assert projector is not None
    following = Thread(target=projector.run, args=(stop,))
    following.start()
    try:
        yield
    finally:
        stop.set()
        following.join()


def scored(score: int, believe: int | None = None, missing: str | None = None) -> Said:
    """A ballot in full."""
    open_question = {"comment": missing} if missing is not None else {"skip": True}
    return {"clear": {"score": score}, "believe": {"score": believe or score}, "missing": open_question}


def done(response: TestResponse) -> str:
    """The id of what was recorded."""
    assert response.status_code == 201, response.get_json()
    body: Any = response.get_json()
    return str(body["id"])
