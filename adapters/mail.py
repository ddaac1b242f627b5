"""Letters as e-mail, handed to an SMTP server: plain text, in the domain's words, with a way to stop them."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formataddr, parseaddr
from hashlib import sha256

from adapters.wording import WORDS, asked, day_in
from application.messages import Letter, MailFailed

PATIENCE = 30.0
"""Seconds that the server has for each step."""
LONGEST_LINE = 900
"""Characters in a line of a header; a mail may have 998 in one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """An SMTP server. `security` is none, starttls (it has to be spoken) or tls from the first byte on."""

    host: str
    port: int
    security: str = "starttls"
    user: str | None = None
    password: str | None = None
    sender: str = ""
    authorities: str | None = None
    """A file of the authorities whose certificates are believed; None: those of this machine."""


class SmtpMail:
    """Sends each letter over a connection of its own."""

    def __init__(self, server: Server) -> None:
        self.server = server

    def send(self, letter: Letter) -> None:
        """Hand one letter over. Raises MailFailed."""
        try:
            message = message_of(letter, self.server.sender)
        except ValueError:
            raise MailFailed("there is no such address", for_good=True) from None
        try:
            with self._connected() as connection:
                if self.server.user is not None:
                    connection.login(self.server.user, self.server.password or "")
                connection.send_message(message)
        except smtplib.SMTPRecipientsRefused as refused:
            # What a server says may repeat the address: its number alone is told.
            code = max((code for code, _ in refused.recipients.values()), default=0)
            raise MailFailed(f"the recipient was refused ({code})", for_good=500 <= code < 600) from None
        except smtplib.SMTPResponseException as refused:
            raise MailFailed(f"{type(refused).__name__} ({refused.smtp_code})") from None
        except (smtplib.SMTPException, OSError, ValueError) as error:
            raise MailFailed(type(error).__name__) from None

    def _connected(self) -> smtplib.SMTP:
        server = self.server
        if server.security == "none":
            return smtplib.SMTP(server.host, server.port, timeout=PATIENCE)
        context = ssl.create_default_context(cafile=server.authorities)
        if server.security == "tls":
            return smtplib.SMTP_SSL(server.host, server.port, timeout=PATIENCE, context=context)
        connection = smtplib.SMTP(server.host, server.port, timeout=PATIENCE)
        try:
            connection.starttls(context=context)
        except BaseException:
            connection.close()
            raise
        return connection


class NotOneAddress(ValueError):  # noqa: N818 — a state of affairs
    """What stands as somebody's address is none, or several."""


def message_of(letter: Letter, sender: str) -> EmailMessage:
    """The letter as an e-mail. Raises ValueError where it cannot be addressed to one.

    Its Message-ID follows from whom it is to and the day, so a second one is told apart.
    """
    words, message = WORDS[letter.language], EmailMessage()
    count = len(letter.reminders)
    subject = words["subject_one" if count == 1 else "subject"].format(organisation=letter.organisation, count=count)
    name, address = parseaddr(sender)
    message["Subject"] = " ".join(((words["simulated"] if letter.simulated else "") + subject).split())
    message["From"] = formataddr((name or "Avow", address))
    message["To"] = letter.to
    if len(message["To"].addresses) != 1:
        raise NotOneAddress  # what somebody owes is written to them, and not to whoever stands beside them
    message["Message-ID"] = f"<{sha256(letter.id.encode()).hexdigest()[:40]}@{address.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    everything = next((address for kind, address in letter.stop if kind is None), None)
    if everything is not None:
        message["List-Unsubscribe"] = f"<{everything}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content("\n".join(_lines(letter)) + "\n", cte="quoted-printable")
    message["Content-Language"] = letter.language
    # An address in a header stands as it is: encoded in parts, as longer words are, no mail program would find it.
    message.policy = message.policy.clone(max_line_length=LONGEST_LINE)
    return message


def _lines(letter: Letter) -> Iterator[str]:
    words = WORDS[letter.language]
    yield words["greeting"]
    yield ""
    for each in letter.reminders:
        due = ""
        if each.due is not None:
            day = day_in(each.due, letter.language)
            due = f" ({words['overdue' if each.overdue else 'due'].format(day=day)})"
        yield f"- {asked(each, letter.language)}{due}"
        if each.confided:
            yield f"  {words['confided']}"
    yield ""
    yield words["where"].format(address=letter.owed_at)
    yield ""
    for kind, address in letter.stop:
        sentence = words["all"] if kind is None else words["off"]
        yield sentence.format(kind=words[kind] if kind is not None else "", address=address)
