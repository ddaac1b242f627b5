"""With both times stated an answer stays the same to the byte, whatever is restarted, rebuilt or learned later."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from adapters.bootstrap import Installation, on_postgres
from adapters.crypto.keys import KeyEncryptionKey
from adapters.http.app import create_app
from adapters.instants import written
from application.permissions import Role
from application.questions import Questions
from application.states import Definition
from tests.support.api import Api

Json = Any
KEY = KeyEncryptionKey(bytes(32))


@contextmanager
def running(dsn: str) -> Iterator[Installation]:
    """Avow, started anew, with a worker beside it."""
    with on_postgres(dsn, KEY) as installation:
        projector, stop = installation.projector(), threading.Event()
        assert projector is not None
        worker = threading.Thread(target=projector.run, args=(stop,))
        worker.start()
        try:
            yield installation
        finally:
            stop.set()
            worker.join()


def furnish(api: Api) -> str:
    """Two people who committed; tells the id of the commitment of one."""
    for unit in ("sales", "north"):
        assert api.as_("administrator").post("units", {"unit": unit, "name": unit, "kind": "team"}).status_code == 201
    for who, unit in (("anna", "sales"), ("bob", "north")):
        api.as_("administrator").joins(who, unit=unit)
    api.published()
    body = {"commitment": "anna/2026", "party": {"person": "anna"}, "strategy": "2026", "level": "committed"}
    made: Json = api.as_("anna").post("commitments", {**body, "result": "quotes in a day"}).json
    assert "id" in made, made
    return str(made["id"])


def answers(api: Api, at: str, places: list[str]) -> dict[str, tuple[bytes, str]]:
    """Body and tag of each address, as of the instant as it was known then."""
    found = dict[str, tuple[bytes, str]]()
    for place in places:
        joint = "&" if "?" in place else "?"
        path = f"{place}{joint}valid_at={at}&known_at={at}"
        response = api.as_("auditor").get(path, Avow_At_Least=str(api.position))
        assert response.status_code == 200, response.json
        found[place] = response.data, response.headers["ETag"]
    return found


def test_an_answer_of_then_stays_the_same_to_the_byte(empty_postgres_dsn: str) -> None:
    with running(empty_postgres_dsn) as installation:
        api = Api.found("acme", installation=installation, client=create_app(installation).test_client())
        commitment = furnish(api)
        at = written(datetime.now(UTC))
        places = [
            "alignment?strategy=2026",
            "alignment?strategy=2026&unit=sales",
            "alignment/figures/commitments/current?strategy=2026",
            "people/anna/record",
            "strategies/2026",
            "commitments?strategy=2026",
            f"commitments/{commitment}",
            "units",
            "history?page_size=500",
        ]
        first = answers(api, at, places)
        said, done = api.position, written(datetime.now(UTC) - timedelta(days=3))

    with running(empty_postgres_dsn) as installation:
        again = Api(installation, create_app(installation).test_client(), api.key, api.tokens, position=said)
        assert answers(again, at, places) == first, "after a restart"

        # Late facts and corrections that tell at that very instant, known since.
        late = {"at": done, "reason": "the form lay in a drawer"}
        again.as_("administrator").joins("cleo", at=done, reason="late")
        body = {"party": {"person": "bob"}, "strategy": "2026", "level": "committed"}
        assert again.as_("bob").post("commitments", {**body, "at": at, "reason": "late"}).status_code == 201
        head = installation.ledger.ledger_recorder.head(again.organisation)
        assert head is not None
        tag = again.as_("anna").get(f"commitments/{commitment}", Avow_At_Least=str(head.position)).headers["ETag"]
        made = next(
            each.position
            for each in installation.ledger.ledger_recorder.select_positions(again.organisation)
            if str(each.originator_id) == commitment
        )
        taken = again.post(f"history/{made}/retractions", {"reason": "misheard"}, If_Match=tag)
        assert taken.status_code == 201, taken.json
        assert again.as_("administrator").post("units", {"unit": "old", "name": "Old", "kind": "team", **late}).json
        assert answers(again, at, places) == first, "after late facts and corrections"

        projector = installation.projector()
        assert projector is not None
        assert projector.rebuild()
        assert answers(again, at, places) == first, "after a rebuild"

        today: Json = again.as_("auditor").get(f"alignment?strategy=2026&valid_at={at}").json
        then: Json = again.get(f"alignment?strategy=2026&valid_at={at}&known_at={at}").json
        assert then["answer"] != today["answer"], "the control arm: what was learned since does tell today"
        assert then["rules"] == today["rules"]
        position = then["position"]

    with running(empty_postgres_dsn) as installation:
        last = Api(installation, create_app(installation).test_client(), api.key, api.tokens)
        assert answers(last, at, places) == first, "after another restart"
        asked = Questions(installation.ledger, Definition(installation.ledger)).ask(
            last.organisation, datetime.fromisoformat(at), datetime.fromisoformat(at)
        )
        assert asked.position == position
        by_position = last.as_("auditor").get(f"alignment?strategy=2026&valid_at={at}&known_at={position}")
        assert by_position.data == first["alignment?strategy=2026"][0]


def test_what_was_restated_is_explained_to_those_who_may_see_why(empty_postgres_dsn: str) -> None:
    with running(empty_postgres_dsn) as installation:
        api = Api.found("acme", installation=installation, client=create_app(installation).test_client())
        furnish(api)
        at = written(datetime.now(UTC))
        body = {"party": {"person": "bob"}, "strategy": "2026", "level": "committed"}
        done = api.as_("bob").post("commitments", {**body, "at": at, "reason": "the form lay in a drawer"})
        assert done.status_code == 201, done.json
        path = f"alignment/explanation?strategy=2026&valid_at={at}&from_known_at={at}&figure=commitments/all"
        seen: Json = api.as_("auditor").get(path, Avow_At_Least=str(api.position)).json
        answer = seen["answer"]
        assert [(each["before"], each["after"]) for each in answer["figures"]] == [(1, 2)]
        (cause,) = answer["because"]
        assert (cause["kind"], cause["topic"], cause["reason"]) == (
            "late fact", "commitment.made", "the form lay in a drawer",
        )  # fmt: skip
        assert cause["position"] == int(done.headers["Avow-Position"])
        assert cause["figures"][0]["entered"] == [cause["record"]]
        assert answer["complete"]

        north = f"{path}&unit=north"
        api.tokens["deaf"] = api.issue("deaf", roles=(Role.INTEGRATION,), scopes=("alignment",))
        hidden: Json = api.as_("deaf").get(north).json
        (cause,) = hidden["answer"]["because"]
        assert (cause["topic"], cause["actor"], cause["reason"], cause["record"]) == (None, None, None, None)
        assert (cause["figures"][0]["before"], cause["figures"][0]["after"]) == (0, 1)
        assert api.as_("anna").get(north).status_code == 403

        for wrong, status in (
            ("from_known_at=1", 404),
            (f"from_known_at={at}&to_known_at=1", 422),
            (f"from_known_at={at}&figure=nonsense", 404),
        ):
            asked = f"alignment/explanation?strategy=2026&valid_at={at}&{wrong}"
            assert api.as_("auditor").get(asked).status_code == status, wrong
