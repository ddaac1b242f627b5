"""The words of messages and calendars, in the domain's own, in English and in German."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from domain.owed import Call
from domain.reminder import Matter, MessageKind, Reminder

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
        Call.ACCEPT: "Accept what is said to be kept, or send it back: {title}",
        Call.ADDRESS: "Address a concern: {title}",
        Call.JUDGE: "Judge the five conditions: {title}",
        Call.MEASURE: "Measure: {title}",
        Call.HOLD: "Hold: {title}",
    },
    GERMAN: {
        Call.DUTY: "Zu erledigen: {title}",
        Call.RENEW: "Ihre Zusage ist überholt; erneuern, ändern oder zurückziehen: {title}",
        Call.CONFIRM: "Für Sie eingetragene Zusage bestätigen oder ablehnen: {title}",
        Call.TAKE_OVER: "Ihnen angebotene Zusage übernehmen oder ablehnen: {title}",
        Call.DELIVER: "Zugesagtes Ergebnis vorlegen: {title}",
        Call.ANSWER: "Befragung beantworten: {title}",
        Call.ACT: "Erledigen: {title}",
        Call.REPLY: "Beantworten: {title}",
        Call.KEEP: "Versprechen einlösen: {title}",
        Call.ACCEPT: "Was als eingelöst gemeldet ist, annehmen oder zurückweisen: {title}",
        Call.ADDRESS: "Auf ein Bedenken eingehen: {title}",
        Call.JUDGE: "Die fünf Bedingungen beurteilen: {title}",
        Call.MEASURE: "Messen: {title}",
        Call.HOLD: "Durchführen: {title}",
    },
}
"""What a person is asked to do, by why they are asked."""

ABOUT: Mapping[str, Mapping[tuple[Call, Matter], str]] = {
    ENGLISH: {
        (Call.DUTY, Matter.ACKNOWLEDGE): "Acknowledge that you read it, or decline and say why: {title}",
        (Call.DUTY, Matter.DECIDE): "Commit, or say no: {title}",
        (Call.CONFIRM, Matter.CONCERN): "Confirm that your concern was addressed, or reopen it: {title}",
        (Call.ACT, Matter.KNOWLEDGE): "Look whether it still holds, and revise it where it does not: {title}",
        (Call.ANSWER, Matter.ORDER): "Put in order what matters most, by yourself: {title}",
        (Call.JUDGE, Matter.LOOK): "Look whether it is still wanted, and tell what your work served: {title}",
        (Call.ACT, Matter.LOOK): "Revise the strategy, which is not wanted any more as it is: {title}",
        (Call.REPLY, Matter.REQUEST): "Reply to the request: {title}",
        (Call.REPLY, Matter.PROPOSAL): "Answer a proposal to the draft: {title}",
        (Call.REPLY, Matter.CONSTITUENCY): "Say yes or no to what you are asked: {title}",
        (Call.HOLD, Matter.CONVERSATION): "Hold the conversation again: {title}",
        (Call.HOLD, Matter.PROGRAMME): "Hold the programme: {title}",
    },
    GERMAN: {
        (Call.DUTY, Matter.ACKNOWLEDGE): "Bestätigen, dass Sie es gelesen haben, oder mit Grund ablehnen: {title}",
        (Call.DUTY, Matter.DECIDE): "Zusagen oder ablehnen: {title}",
        (Call.CONFIRM, Matter.CONCERN): (
            "Bestätigen, dass auf Ihr Bedenken eingegangen wurde, oder es erneut vorbringen: {title}"
        ),
        (Call.ACT, Matter.KNOWLEDGE): "Durchsehen, ob es noch stimmt, und sonst überarbeiten: {title}",
        (Call.ANSWER, Matter.ORDER): "Für sich allein in eine Reihenfolge bringen, was am wichtigsten ist: {title}",
        (Call.JUDGE, Matter.LOOK): "Sagen, ob das noch gewollt ist und wofür gearbeitet wurde: {title}",
        (Call.ACT, Matter.LOOK): "Die Strategie überarbeiten; so ist sie nicht mehr gewollt: {title}",
        (Call.REPLY, Matter.REQUEST): "Auf die Anfrage antworten: {title}",
        (Call.REPLY, Matter.PROPOSAL): "Einen Vorschlag zum Entwurf beantworten: {title}",
        (Call.REPLY, Matter.CONSTITUENCY): "Ja oder nein sagen zu dem, worum Sie gebeten werden: {title}",
        (Call.HOLD, Matter.CONVERSATION): "Das Gespräch erneut führen: {title}",
        (Call.HOLD, Matter.PROGRAMME): "Das Programm durchführen: {title}",
    },
}
"""The same in words of its own, where a call is about one of these."""

WORDS: Mapping[str, Mapping[str, str]] = {
    ENGLISH: {
        "subject": "What is yours to do at {organisation}: {count}",
        "subject_one": "What is yours to do at {organisation}",
        "simulated": "[simulated] ",
        "greeting": "As of today this is yours:",
        "due": "by {day}",
        "overdue": "was due by {day}, overdue",
        "confided": "If you have answered already, nothing is left to do. This goes to everybody who is asked.",
        "where": "Everything that you owe stands at {address}",
        "off": "No more messages about {kind}: {address}",
        "all": "No more messages at all: {address}",
        "stopped": "You will get no more messages about {kind}.",
        "stopped_all": "You will get no more messages.",
        "confirm": "Stop messages about {kind}?",
        "confirm_all": "Stop all messages?",
        "button": "Stop",
        MessageKind.DUTIES: "duties",
        MessageKind.COMMITMENTS: "commitments",
        MessageKind.REVIEWS: "reviews",
        MessageKind.WORK: "work",
        MessageKind.REQUESTS: "requests and concerns",
    },
    GERMAN: {
        "subject": "{organisation}: {count} Punkte liegen bei Ihnen",
        "subject_one": "{organisation}: ein Punkt liegt bei Ihnen",
        "simulated": "[simuliert] ",
        "greeting": "Stand heute liegt bei Ihnen:",
        "due": "bis {day}",
        "overdue": "war bis {day} fällig, überfällig",
        "confided": "Wenn Sie schon geantwortet haben, ist nichts mehr zu tun. Dies geht an alle Befragten.",
        "where": "Alles, was bei Ihnen liegt: {address}",
        "off": "Keine Nachrichten mehr zu {kind}: {address}",
        "all": "Überhaupt keine Nachrichten mehr: {address}",
        "stopped": "Sie erhalten keine Nachrichten mehr zu {kind}.",
        "stopped_all": "Sie erhalten keine Nachrichten mehr.",
        "confirm": "Nachrichten zu {kind} abbestellen?",
        "confirm_all": "Alle Nachrichten abbestellen?",
        "button": "Abbestellen",
        MessageKind.DUTIES: "Pflichten",
        MessageKind.COMMITMENTS: "Zusagen",
        MessageKind.REVIEWS: "Befragungen",
        MessageKind.WORK: "Aufgaben",
        MessageKind.REQUESTS: "Anfragen und Bedenken",
    },
}
"""All other words."""


def asked(reminder: Reminder, language: str) -> str:
    """What a person is asked to do, in one line."""
    words = ASKED[language][reminder.call]
    if reminder.matter is not None:
        words = ABOUT[language].get((reminder.call, reminder.matter), words)
    return " ".join(words.format(title=reminder.title).rstrip(": ").split())


def day_in(day: date, language: str) -> str:
    """A day as it is written."""
    return f"{day:%d.%m.%Y}" if language == GERMAN else f"{day.day} {MONTHS[day.month - 1]} {day.year}"


MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
