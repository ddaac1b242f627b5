"""Letters over SMTP: to a real server, in both languages, with a way to stop them; and what goes wrong."""

from __future__ import annotations

import ssl
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from adapters.mail import Server, SmtpMail, message_of
from adapters.wording import ABOUT, ASKED, LANGUAGES, WORDS, asked
from application.messages import Letter, MailFailed
from domain.owed import Call
from domain.reminder import Matter, MessageKind, Reminder
from tests.support.mailbox import Received, listening

LETTER = Letter(
    id="acme.ann.2026-03-09",
    to="ann@example.org",
    language="en",
    organisation="Acme",
    day=date(2026, 3, 9),
    reminders=(
        Reminder(call=Call.DELIVER, record=UUID(int=1), title="Faster quotes", due=date(2026, 3, 10)),
        Reminder(call=Call.ACT, record=UUID(int=2), title="Call the ten", due=date(2026, 3, 2), overdue=True),
        Reminder(call=Call.ANSWER, record=UUID(int=3), title="Spring", confided=True),
    ),
    owed_at="https://avow.example.org/v1/organisations/acme/me/owed",
    stop=((MessageKind.COMMITMENTS, "https://avow.example.org/stop/x"), (None, "https://avow.example.org/stop/y")),
    simulated=False,
)


def server(port: int, **more: Any) -> Server:
    said = {"host": "127.0.0.1", "port": port, "security": "none", "sender": "Avow <avow@example.org>", **more}
    return Server(**said)


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate of 127.0.0.1, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "certificate.pem"
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path


def test_a_letter_arrives_as_it_was_written() -> None:
    received = Received()
    with listening(received) as port:
        SmtpMail(server(port)).send(LETTER)
    (letter,) = received.letters
    assert (letter["To"], letter["From"]) == ("ann@example.org", "Avow <avow@example.org>")
    assert letter["Subject"] == "What is yours to do at Acme: 3"
    assert letter["List-Unsubscribe"] == "<https://avow.example.org/stop/y>"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter.get_content().splitlines() == [
        "As of today this is yours:",
        "",
        "- Deliver what you committed to: Faster quotes (by 10 Mar 2026)",
        "- Act: Call the ten (was due by 2 Mar 2026, overdue)",
        "- Answer: Spring",
        "  If you have answered already, nothing is left to do. This goes to everybody who is asked.",
        "",
        "Everything that you owe stands at https://avow.example.org/v1/organisations/acme/me/owed",
        "",
        "No more messages about commitments: https://avow.example.org/stop/x",
        "No more messages at all: https://avow.example.org/stop/y",
    ]


def test_in_german() -> None:
    letter = message_of(replace(LETTER, language="de", simulated=True), "avow@example.org")
    assert letter["Subject"] == "[simuliert] Acme: 3 Punkte liegen bei Ihnen"
    assert letter.get_content().splitlines() == [
        "Stand heute liegt bei Ihnen:",
        "",
        "- Zugesagtes Ergebnis vorlegen: Faster quotes (bis 10.03.2026)",
        "- Erledigen: Call the ten (war bis 02.03.2026 fällig, überfällig)",
        "- Befragung beantworten: Spring",
        "  Wenn Sie schon geantwortet haben, ist nichts mehr zu tun. Dies geht an alle Befragten.",
        "",
        "Alles, was bei Ihnen liegt: https://avow.example.org/v1/organisations/acme/me/owed",
        "",
        "Keine Nachrichten mehr zu Zusagen: https://avow.example.org/stop/x",
        "Überhaupt keine Nachrichten mehr: https://avow.example.org/stop/y",
    ]
    one = message_of(replace(LETTER, language="de", reminders=LETTER.reminders[:1]), "avow@example.org")
    assert one["Subject"] == "Acme: ein Punkt liegt bei Ihnen"


def test_what_a_call_is_about_is_said_in_words_of_its_own() -> None:
    """A concern is no commitment, and an item that is to be looked at again is no action."""
    confirmed = Reminder(call=Call.CONFIRM, record=UUID(int=1), title="Growth", matter=Matter.CONCERN)
    assert asked(confirmed, "en") == "Confirm that your concern was addressed, or reopen it: Growth"
    assert asked(replace(confirmed, matter=None), "en").startswith("Confirm the commitment")
    looked_at = Reminder(call=Call.ACT, record=UUID(int=1), title="Mietpreise", matter=Matter.KNOWLEDGE)
    assert asked(looked_at, "de") == "Durchsehen, ob es noch stimmt, und sonst überarbeiten: Mietpreise"
    assert (confirmed.kind, replace(confirmed, matter=None).kind) == (MessageKind.REQUESTS, MessageKind.COMMITMENTS)


def test_the_address_that_stops_letters_stands_in_the_header_as_it_is() -> None:
    """However long it is: an encoded one would be found by no mail program."""
    address = f"https://avow.example.org/stop/{'x' * 70}"
    received = Received()
    with listening(received) as port:
        SmtpMail(server(port)).send(replace(LETTER, stop=((None, address),)))
    assert f"List-Unsubscribe: <{address}>\r\n".encode() in received.raw[0]
    assert b"Content-Language: en\r\n" in received.raw[0]
    assert all(len(line) <= 78 for line in received.raw[0].partition(b"\r\n\r\n")[2].split(b"\r\n"))


def test_every_call_and_word_is_there_in_every_language() -> None:
    assert all(set(ASKED[language]) == set(Call) for language in LANGUAGES)
    assert all(set(WORDS[language]) == set(WORDS["en"]) for language in LANGUAGES)
    assert all(set(ABOUT[language]) == set(ABOUT["en"]) for language in LANGUAGES)
    assert {matter for _, matter in ABOUT["en"]} == set(Matter)
    assert all(kind in WORDS["en"] for kind in MessageKind)


def test_the_same_letter_has_the_same_id_and_names_nobody_in_it() -> None:
    first, again = (message_of(LETTER, "avow@example.org")["Message-ID"] for _ in range(2))
    assert first == again
    assert "ann" not in first
    assert message_of(replace(LETTER, id="another"), "avow@example.org")["Message-ID"] != first


@pytest.mark.parametrize("title", ["Two\r\nBcc: eve@example.org", "Line\nbreak"])
def test_a_title_adds_no_header_and_no_line(title: str) -> None:
    reminders = (Reminder(call=Call.ACT, record=UUID(int=1), title=title),)
    letter = message_of(replace(LETTER, organisation=title, reminders=reminders), "avow@example.org")
    assert letter["Bcc"] is None
    assert f"- Act: {' '.join(title.split())}" in letter.get_content().splitlines()


@pytest.mark.parametrize(
    "to",
    [
        "ann@example.org\r\nBcc: eve@example.org",
        "",
        "ann@example.org, eve@example.org",
        "all: ann@example.org, eve@example.org;",
    ],
)
def test_what_is_no_address_is_not_written_to(to: str) -> None:
    received = Received()
    with listening(received) as port, pytest.raises(MailFailed):
        SmtpMail(server(port)).send(replace(LETTER, to=to))
    assert received.letters == []


@pytest.mark.parametrize(("says", "for_good"), [("550 ann@example.org is unknown", True), ("450 later", False)])
def test_who_is_refused_is_told_apart_and_never_named(says: str, for_good: bool) -> None:
    with listening(Received(says=says)) as port, pytest.raises(MailFailed) as failed:
        SmtpMail(server(port)).send(LETTER)
    assert (failed.value.for_good, "ann" in failed.value.way) == (for_good, False)


def test_a_server_that_is_not_there_is_tried_again() -> None:
    with listening(Received()) as port:
        pass
    with pytest.raises(MailFailed) as failed:
        SmtpMail(server(port)).send(LETTER)
    assert not failed.value.for_good


def test_the_way_may_be_sealed_by_starttls(certificate: Path) -> None:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    received = Received()
    with listening(received, tls_context=context, require_starttls=True) as port:
        SmtpMail(server(port, security="starttls", authorities=str(certificate))).send(LETTER)
        assert len(received.letters) == 1
        with pytest.raises(MailFailed):
            SmtpMail(server(port, security="starttls")).send(LETTER)  # whom nobody vouches for
        with pytest.raises(MailFailed):
            SmtpMail(server(port)).send(LETTER)
    assert len(received.letters) == 1


def test_a_server_that_cannot_seal_the_way_gets_nothing() -> None:
    received = Received()
    with listening(received) as port, pytest.raises(MailFailed):
        SmtpMail(server(port, security="starttls")).send(LETTER)
    assert received.letters == []


def test_the_way_may_be_sealed_from_the_first_byte_on(certificate: Path) -> None:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    received = Received()
    with listening(received, ssl_context=context) as port:
        SmtpMail(server(port, security="tls", authorities=str(certificate))).send(LETTER)
    assert len(received.letters) == 1
