"""The words of messages and calendars, in the domain's own, in English and in German."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from domain.owed import Call
from domain.reminder import MessageKind, Reminder

ENGLISH, GERMAN = "en", "de"
LANGUAGES = (ENGLISH, GERMAN)

ASKED: Mapping[str, Mapping[Call, str]] = {
    ENGLISH: {
        Call.DUTY: "Do what you were given to do: {title}",
        Call.RENEW: "Renew, change or withdraw your commitment, which went stale: {title}",
        Call.CONFIRM: "Confirm the commitment that was entered for you, or decline it: {title}",
        Call.TAKE_OVER: "Take over the commitment that is offered to you, or decline it: {title}",
        Call.DELIVER: "Deliver what you committed to: {title}",
        Call.ANSWER: "Answer: {title}",
        Call.ACT: "Act: {title}",
        Call.REPLY: "Reply: {title}",
        Call.KEEP: "Keep what you promised: {title}",
        Call.ACCEPT: "Accept what is said to be kept, or not: {title}",
        Call.ADDRESS: "Address the concern: {title}",
        Call.JUDGE: "Judge the condition: {title}",
        Call.MEASURE: "Measure: {title}",
        Call.HOLD: "Hold: {title}",
    },
    GERMAN: {
        Call.DUTY: "Zu erledigen: {title}",
        Call.RENEW: "Ihre Zusage ist überholt; erneuern, ändern oder zurückziehen: {title}",
        Call.CONFIRM: "Für Sie eingetragene Zusage bestätigen oder ablehnen: {title}",
        Call.TAKE_OVER: "Ihnen angebotene Zusage übernehmen oder ablehnen: {title}",
        Call.DELIVER: "Zugesagtes Ergebnis vorlegen: {title}",
        Call.ANSWER: "Antworten: {title}",
        Call.ACT: "Umsetzen: {title}",
        Call.REPLY: "Antwort geben: {title}",
        Call.KEEP: "Versprochenes einhalten: {title}",
        Call.ACCEPT: "Als eingehalten Gemeldetes annehmen oder nicht: {title}",
        Call.ADDRESS: "Auf das Bedenken eingehen: {title}",
        Call.JUDGE: "Die Bedingung beurteilen: {title}",
        Call.MEASURE: "Messen: {title}",
        Call.HOLD: "Durchführen: {title}",
    },
}
"""What a person is asked to do, by why they are asked."""

WORDS: Mapping[str, Mapping[str, str]] = {
    ENGLISH: {
        "subject": "What is yours to do at {organisation}: {count}",
        "subject_one": "What is yours to do at {organisation}",
        "simulated": "[simulated] ",
        "greeting": "As of today this is yours:",
        "due": "by {day}",
        "overdue": "overdue since {day}",
        "confided": "If you have answered already, nothing is left to do. This goes to everybody who is asked.",
        "where": "Everything that you owe stands at {address}",
        "off": "No more messages about {kind}: {address}",
        "all": "No more messages at all: {address}",
        "stopped": "You will get no more messages about {kind}.",
        "confirm": "Stop messages about {kind}?",
        "button": "Stop",
        MessageKind.DUTIES: "duties",
        MessageKind.COMMITMENTS: "commitments",
        MessageKind.REVIEWS: "reviews",
        MessageKind.WORK: "work",
        MessageKind.REQUESTS: "requests and concerns",
        "everything": "anything",
    },
    GERMAN: {
        "subject": "Was bei {organisation} bei Ihnen liegt: {count}",
        "subject_one": "Was bei {organisation} bei Ihnen liegt",
        "simulated": "[simuliert] ",
        "greeting": "Stand heute liegt bei Ihnen:",
        "due": "bis {day}",
        "overdue": "überfällig seit {day}",
        "confided": "Wenn Sie schon geantwortet haben, ist nichts mehr zu tun. Dies geht an alle Befragten.",
        "where": "Alles, was bei Ihnen liegt: {address}",
        "off": "Keine Nachrichten mehr über {kind}: {address}",
        "all": "Gar keine Nachrichten mehr: {address}",
        "stopped": "Sie erhalten keine Nachrichten mehr über {kind}.",
        "confirm": "Nachrichten über {kind} abbestellen?",
        "button": "Abbestellen",
        MessageKind.DUTIES: "Pflichten",
        MessageKind.COMMITMENTS: "Zusagen",
        MessageKind.REVIEWS: "Befragungen",
        MessageKind.WORK: "Arbeiten",
        MessageKind.REQUESTS: "Anfragen und Bedenken",
        "everything": "alles",
    },
}
"""All other words."""


def asked(reminder: Reminder, language: str) -> str:
    """What a person is asked to do, in one line."""
    return " ".join(ASKED[language][reminder.call].format(title=reminder.title).rstrip(": ").split())


def day_in(day: date, language: str) -> str:
    """A day as it is written."""
    return f"{day:%d.%m.%Y}" if language == GERMAN else f"{day.day} {MONTHS[day.month - 1]} {day.year}"


MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
