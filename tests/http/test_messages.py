"""Messages over HTTP: what one chooses, the address in a letter that stops them; and one's own calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
from icalendar import Calendar

from adapters.calendars import calendar_of
from adapters.crypto.keys import KeyEncryptionKey
from adapters.crypto.vault import KeyVault
from adapters.memory.keys import MemoryKeyStore
from adapters.memory.messages import MemoryMessages
from adapters.stop_tokens import read_token, stop_token
from application.messages import MessageOffice, Usual
from domain.owed import Call
from domain.reminder import MessageKind, Reminder, Window
from tests.support.api import Api


@pytest.fixture
def api() -> Api:
    found = Api.found()
    found.post("units", {"unit": "sales", "name": "Sales", "kind": "team"})
    found.joins("ann", unit="sales")
    found.published()
    return found.as_("ann")


def test_what_is_chosen_holds_and_the_rest_is_as_usual(api: Api) -> None:
    before = api.get("me/messages").get_json()["answer"]
    assert before["chosen"] == {"off": [], "language": None, "zone": None, "hour": None}
    assert before["holds"] == {"off": [], "language": "en", "zone": "Europe/Berlin", "hour": 8}
    done = api.post("me/messages", {"off": ["commitments"], "language": "de", "hour": 7})
    assert done.status_code == 201
    after = api.get("me/messages").get_json()["answer"]
    assert after["holds"] == {"off": ["commitments"], "language": "de", "zone": "Europe/Berlin", "hour": 7}
    assert after["messages"] == []


def test_the_administrator_sets_what_is_usual_and_turns_nothing_off_for_others(api: Api) -> None:
    assert api.as_("administrator").post("messages", {"language": "de"}).status_code == 201
    refused = api.post("messages", {"off": ["reviews"]})
    assert (refused.status_code, refused.get_json()["field"]) == (422, "off")
    assert api.as_("ann").post("messages", {"language": "en"}).status_code == 403
    assert api.get("me/messages").get_json()["answer"]["holds"]["language"] == "de"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"off": ["gossip"]}, "off"),
        ({"language": "fr"}, "language"),
        ({"zone": "Mars"}, "zone"),
        ({"hour": 24}, "hour"),
    ],
)
def test_what_cannot_be_chosen_is_refused(api: Api, said: dict[str, object], field: str) -> None:
    refused = api.post("me/messages", said)
    assert (refused.status_code, refused.get_json()["rule"], refused.get_json()["field"]) == (
        422,
        "choice-unknown",
        field,
    )


def test_whoever_is_nobody_has_no_messages(api: Api) -> None:
    assert api.as_("auditor").get("me/messages").status_code == 403
    assert api.post("me/messages", {}).status_code == 403


class TestStopping:
    """The address stands in a letter: whoever has it needs no token, and can do no more with it than stop."""

    def test_the_page_asks_and_one_click_stops(self, api: Api) -> None:
        token = self.token(api, MessageKind.REVIEWS)
        page = api.client.get(f"/stop/{token}")
        assert (page.status_code, page.mimetype) == (200, "text/html")
        assert "Stop messages about reviews?" in page.get_data(as_text=True)
        assert api.get("me/messages").get_json()["answer"]["chosen"]["off"] == []
        done = api.client.post(f"/stop/{token}", data={"List-Unsubscribe": "One-Click"})
        assert done.status_code == 200
        assert api.get("me/messages").get_json()["answer"]["chosen"]["off"] == ["reviews"]

    def test_all_kinds_at_once(self, api: Api) -> None:
        api.as_("administrator").post("messages", {"language": "de"})
        api.as_("ann")
        page = api.client.get(f"/stop/{self.token(api, None)}").get_data(as_text=True)
        assert "<p>Alle Nachrichten abbestellen?</p>" in page, "in the language that the letter was in"
        done = api.client.post(f"/stop/{self.token(api, None)}").get_data(as_text=True)
        assert "<p>Sie erhalten keine Nachrichten mehr.</p>" in done
        assert api.get("me/messages").get_json()["answer"]["chosen"]["off"] == sorted(MessageKind)

    def test_no_other_token_opens_it(self, api: Api) -> None:
        token = self.token(api, None)
        office = api.installation.messages
        for other in (token[:-2], f"{token}AA", "x", "ä", f"{token[:60]}A{token[61:]}", "A" * len(token)):
            assert api.client.post(f"/stop/{other}").status_code == 404, other
            assert read_token(office, other, lambda _: True) is None
        assert api.get("me/messages").get_json()["answer"]["chosen"]["off"] == []

    def test_one_of_an_organisation_that_is_not_there_stops_nothing(self, api: Api) -> None:
        token = stop_token(api.installation.messages, uuid4(), uuid4(), None)
        assert api.client.post(f"/stop/{token}").status_code == 404

    def test_no_key_is_made_for_whatever_organisation_an_address_names(self) -> None:
        """A seal takes the organisation's secret, which is made at first use: anybody can make up an organisation."""
        keys = MemoryKeyStore()
        vault = KeyVault(keys, KeyEncryptionKey(bytes(32)))
        office = MessageOffice(MemoryMessages(), vault, lambda: datetime.now(UTC), Usual())
        assert read_token(office, "A" * 64 + "AA", lambda _: False) is None
        assert keys.organisations() == []

    @staticmethod
    def token(api: Api, kind: MessageKind | None) -> str:
        person = UUID(api.get("me").get_json()["answer"]["person"])
        return stop_token(api.installation.messages, api.organisation, person, kind)


class TestCalendar:
    def test_it_holds_ones_own_and_can_be_read_again(self, api: Api) -> None:
        made = {"party": {"person": "ann"}, "strategy": "2026", "by_when": "2099-03-20"}
        assert api.post("commitments", made).status_code == 201
        reply = api.get("me/calendar.ics")
        assert reply.content_type == "text/calendar; charset=utf-8"
        found = Calendar.from_ical(reply.data)
        (event,) = found.walk("VEVENT")
        assert str(event["SUMMARY"]) == "Deliver what you committed to: Quotes within a day"
        assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (date(2099, 3, 20), date(2099, 3, 21))
        again = Calendar.from_ical(api.get("me/calendar.ics?language=de").data)
        (same,) = again.walk("VEVENT")
        assert (same["UID"], same["DTSTAMP"]) == (event["UID"], event["DTSTAMP"])
        assert str(same["SUMMARY"]).startswith("Zugesagtes Ergebnis")

    def test_it_is_the_same_bytes_as_of_the_same_moment(self, api: Api) -> None:
        made = {"party": {"person": "ann"}, "strategy": "2026", "by_when": "2099-03-20"}
        api.post("commitments", made)
        now = datetime.now(UTC).isoformat().replace("+00:00", "Z")
        asked = f"me/calendar.ics?valid_at={now}&known_at={api.position}"
        assert api.get(asked).data == api.get(asked).data

    def test_nobody_elses_stands_in_it(self, api: Api) -> None:
        api.post("commitments", {"party": {"person": "ann"}, "strategy": "2026", "by_when": "2099-03-20"})
        api.as_("administrator").joins("bob", unit="sales")
        assert Calendar.from_ical(api.as_("bob").get("me/calendar.ics").data).walk("VEVENT") == []
        assert api.as_("auditor").get("me/calendar.ics").status_code == 403

    def test_another_language_is_refused(self, api: Api) -> None:
        assert api.get("me/calendar.ics?language=fr").status_code == 422


def test_what_stands_in_a_calendar_is_escaped_and_folded() -> None:
    title = "Quotes, faster; and\nBEGIN:VEVENT " + "long " * 40
    at = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
    made = calendar_of(
        "Avow",
        UUID(int=1),
        [Reminder(call=Call.ACT, record=UUID(int=2), title=title, due=date(2026, 3, 20))],
        [Window(uid="w", title="Pulse", opens=at, closes=at.replace(hour=5))],
        at,
    )
    assert all(len(line) <= 75 for line in made.split(b"\r\n"))
    events = Calendar.from_ical(made).walk("VEVENT")
    assert [str(each["UID"]) for each in events] == [
        "w@00000000-0000-0000-0000-000000000001.avow",
        "00000000-0000-0000-0000-000000000002.act@00000000-0000-0000-0000-000000000001.avow",
    ]
    assert b"DTSTART:20260329T003000Z" in made
    assert str(events[1]["SUMMARY"]).startswith("Act: Quotes, faster; and BEGIN:VEVENT long")


class TestCalendarAddress:
    def made(self, api: Api) -> str:
        done = api.as_("ann").post("me/calendar-address")
        assert done.status_code == 201, done.get_json()
        return str(done.get_json()["path"])

    def test_it_opens_ones_calendar_without_a_token_and_nothing_else(self, api: Api) -> None:
        path = self.made(api)
        read = api.client.get(path)
        assert (read.status_code, read.content_type) == (200, "text/calendar; charset=utf-8")
        assert read.headers["Cache-Control"] == "private, no-store"
        assert read.get_data(as_text=True).startswith("BEGIN:VCALENDAR")
        assert api.get("me/calendar-address").get_json()["answer"]["used_on"] is not None
        api.token = path.removeprefix("/calendar/").removesuffix(".ics")
        for elsewhere in ("me", "me/owed", "me/calendar.ics", "me/calendar-address"):
            assert api.get(elsewhere).status_code == 401, elsewhere
        assert api.post("me/calendar-address").status_code == 401

    def test_a_bearer_token_is_no_address(self, api: Api) -> None:
        assert api.client.get(f"/calendar/{api.tokens['ann']}.ics").status_code == 404
        assert api.client.get("/calendar/x.ics").status_code == 404

    def test_a_new_one_ends_the_one_before_and_so_does_an_end(self, api: Api) -> None:
        first, second = self.made(api), self.made(api)
        assert [api.client.get(each).status_code for each in (first, second)] == [404, 200]
        ended = api.post("me/calendar-address/endings")
        assert (ended.status_code, ended.get_json()["issued_at"]) == (201, None)
        assert api.client.get(second).status_code == 404
        assert api.post("me/calendar-address/endings").status_code == 201

    def test_who_left_reads_no_more_and_an_administrator_can_end_it(self, api: Api) -> None:
        path = self.made(api)
        tokens = api.as_("auditor").get("tokens?page_size=500").get_json()["answer"]
        (token,) = [each for each in tokens if each["scopes"] == ["calendar.address"] and each["status"] == "holds"]
        assert api.as_("administrator").post(f"tokens/{token['id']}/revocations").status_code == 201
        assert api.client.get(path).status_code == 404
        path = self.made(api)
        assert api.as_("administrator").change("people/ann", "departures").status_code == 201
        assert api.client.get(path).status_code == 404

    def test_nobody_stands_behind_an_integration(self, api: Api) -> None:
        assert api.as_("auditor").post("me/calendar-address").status_code == 403
        assert api.as_("administrator").post("tokens", {"name": "x", "scopes": ["calendar.address"]}).status_code == 422
