"""What the fields of commands mean to who fills them in, word by word: the same word means the same everywhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from adapters.http.fields import KEY, KEY_PATTERN, LINE, LINE_PATTERN, LONG, TEXT_PATTERN


class Word(NamedTuple):
    """A field's meaning, an example, and how long and of which characters a text in it may be."""

    meaning: str
    example: object = None
    longest: int = LINE
    pattern: str = LINE_PATTERN


def _key(meaning: str, example: str) -> Word:
    return Word(meaning, example, KEY, KEY_PATTERN)


def _words(meaning: str, example: str) -> Word:
    return Word(meaning, example, LONG, TEXT_PATTERN)


ENVELOPE: Mapping[str, Word] = {
    "at": Word(
        "When it happened: an instant with its zone, or a date, which means the first instant of that day in the "
        "organisation's zone. Unstated: now. Only planned changes of the chart may lie ahead.",
        "2026-04-01",
    ),
    "reason": _words(
        "Why. Needed for a correction, and for what is entered later than the grace period. Sealed under its author's "
        "key.",
        "minutes of the meeting came late",
    ),
    "labels": Word("Free labels: shown and searchable, in no rule.", {"meeting": "2026-03-30"}),
    "known": Word(
        "When it became known. Only in an organisation with a simulated clock, and never decreasing.",
        "2026-04-02T08:00:00Z",
    ),
}

WORDS: Mapping[str, Word] = {
    "organisation": _key("The organisation's key.", "acme"),
    "unit": _key("A unit, by its key or Avow id. Where a unit is formed: its key.", "sales"),
    "parent": _key("The unit above, by its key or Avow id; none for the top.", "acme"),
    "into": _key("The unit that succeeds, by its key or Avow id.", "sales-north"),
    "person": _key("A person, by their key or Avow id. Where a person joins: their key.", "anna"),
    "manager": _key("The person reported to; none for nobody.", "berta"),
    "party": Word("Who takes it on: one person or one unit.", {"person": "anna"}),
    "strategy": _key("A strategy, by its key or Avow id. Where one is drafted: its key.", "2026"),
    "successor": _key("What takes its place, by key or Avow id.", "2027"),
    "element": _key("An element of the strategy, by its id.", "criterion-1"),
    "goal": _key("A goal, by its key or Avow id. Where one is proposed: its key.", "faster-quotes"),
    "action": _key("An action, by its key or Avow id. Where one is planned: its key.", "quote-desk"),
    "tactic": _key("A tactic, by its key or Avow id. Where one is adopted: its key.", "call-back-first"),
    "substantiation": _words("What shows that it is realistic.", "two teams of our size did it in a year"),
    "approach": _words("How it is to be reached.", "one desk for all quotes, with the price list at hand"),
    "start": Word("The first day of its horizon, and so of its plan.", "2026-04-01"),
    "within_days": Word("30, 60 or 90: due so many days after its start, instead of a due date.", 30),
    "gap": _key("A gap, by its key or Avow id. Where one is planned for: its key.", "gap-7"),
    "kpi": _key("A KPI, by its key or Avow id. Where one is defined: its key.", "quotes-in-a-day"),
    "measured_in": Word("The unit of measure.", "%"),
    "direction": Word("Where the measure is to go: up, down, or to be held.", "up"),
    "tolerance": Word("How far a value that is to be held may be off, as an exact decimal.", "0.5"),
    "frequency": Word("How often it is measured; unstated, once, on its due day.", "quarterly"),
    "measurer": _key("The person who measures it.", "berta"),
    "outcome": Word("Which of the outcomes that alignment is said to pay in it measures.", "retention"),
    "success": _words("What follows from success; sealed.", "the team's story is told at the spring meeting"),
    "failure": _words("What follows from failure; sealed.", "we look together for what was missing"),
    "communicated": _words("How both are communicated; sealed.", "on the board beside the coffee machine"),
    "review_by": Word("The day by which somebody looks at it again: whether it works, or still holds.", "2026-09-30"),
    "reviewer": _key("Who looked at it; unstated, whoever acts.", "berta"),
    "verdict": Word("Whether it is kept or is to change.", "kept"),
    "without": Word("The kinds of data that are not kept of individuals; kpis alone can be switched off.", ["kpis"]),
    "commitment": _key("A commitment, by its key or Avow id. Where one is made: its key.", "anna/faster-quotes"),
    "conversation": _key(
        "A conversation, by its key or Avow id. Where one is recorded: its key.", "pathway-sales-9-feb"
    ),
    "stage": Word("A stage: of enrolment; of a need also one of the client's buying process.", "possibility"),
    "holder": _key("The person who held it; unstated, whoever records it.", "berta"),
    "outcomes": Word(
        "Who took part, each with what came of it for them: of relationship `knows`, of possibility `mine`, of pathway "
        "`named`, of completion `complete` and `feedback`; of action nothing, for that is a commitment.",
        [{"person": "anna", "mine": "yes"}],
    ),
    "knows": Word("Whether they know what the others stand for.", True),
    "mine": Word("Whether they see the possibility as their own.", "yes"),
    "named": Word("Which parts of the pathway they named; it takes all five.", ["who", "what", "when", "where", "how"]),
    "complete": Word("Whether it is declared complete for them.", True),
    "feedback": _words("What they say back; sealed under their own key.", "the second week came too soon"),
    "pathway": Word("The pathway as it was fleshed out together: who, what, when, where and how.", None),
    "who": _words("Who does it; sealed.", "the two pilots"),
    "what": _words("What is done (sealed), or what is needed to be known.", "answer quotes by telephone"),
    "when": _words("By when; sealed.", "until the end of March"),
    "where": _words("Where; sealed.", "in the branches of the north"),
    "how": _words("How it was or is to be done, in own words; sealed.", "one hour each morning"),
    "recognition": Word("Thanks and credit: whom, and for what they completed.", None),
    "completed": _words("What they completed; sealed under its author's key.", "the price list, two weeks early"),
    "request": _key(
        "A request between units, by its key or Avow id. Where one is made: its key.", "vans-for-the-north"
    ),
    "requester": _key("The unit that asks, by key or Avow id.", "sales"),
    "performer": _key("The unit that is asked, by key or Avow id.", "fleet"),
    "conditions": _words("When it satisfies whoever asked; sealed.", "four vans, in Hamburg, with drivers"),
    "proposal": _key("A proposal, by its key or Avow id. Where one is made: its key.", "shorter-vision"),
    "taken": Word("What became of it: taken up, in part, or not.", "partly"),
    "why": _words("Why; sealed under its author's key.", "the first half says it already"),
    "last_day": Word("The last day on which it is open; unstated, until it is closed.", "2026-02-28"),
    "again_by": Word("The last day by which the stage is to be held again.", "2026-09-30"),
    "review": _key("A review cycle, by its key or Avow id. Where one is opened: its key.", "spring-check"),
    "report": _key("A report, by its key or Avow id. Where one is published: its key.", "q1-board"),
    "audience": _words(
        "To whom it was reported, in own words; sealed under its author's key.", "the supervisory board"
    ),
    "valid_at": Word("The instant that it is about; a date means its last microsecond. Unstated: now.", "2026-03-31"),
    "known_at": Word(
        "As it was known when; a date means the last microsecond of that day. Unstated: now.", "2026-04-02T08:00:00Z"
    ),
    "rules": Word("The version of the definitions that it was told under. Only an import states it.", 2),
    "digest": Word("The SHA-256 of the answer that was told, in hexadecimal. Only an import states it.", "9f86…"),
    "checkpoint": _words("The signed checkpoint over all that was known. Only an import states it.", "acme\n412\n…"),
    "duty": _key("A duty, by its key or Avow id. Where one is given: its key.", "read-2026"),
    "exception": _key("The exception, by an id of your own.", "no-measure-yet"),
    "not_separated": Word("Found out by Avow: whether nobody but an author could approve. Leave it out.", False),
    "objection": _key("The objection of the draft check that it covers.", "unmeasurable"),
    "key": _key("Its key in your own system.", "a-17"),
    "for": Word(
        'What it is for: a key or Avow id, or an object such as {"strategy": "2026", "element": "criterion-1"}, '
        '{"goal": "faster-quotes"}, {"strategy": "2026", "revision": 1} or {"review": "spring-check"}; what somebody '
        'answers for may be a gap: {"gap": "service-systems"} or {"unit": "service", "condition": "systems"}.',
        "2026",
        KEY,
        KEY_PATTERN,
    ),
    "cleared": Word("What is gone; null in the field itself says the same.", ["due"]),
    "webhook": Word("A webhook, by its Avow id.", None),
    "position": Word("The position of an event: its place in the organisation's order of commit.", 17),
    "figure": Word("The name of a figure, as the alignment state gives it.", "commitments/current"),
    "token": Word("A token of Avow's own, by its id.", None),
    "signin": Word("A sign-in, by its id.", None),
    "acknowledgement": Word("What one person says about one strategy, by its Avow id.", None),
    "by": _key("The goal or decision that took its place, by key or Avow id.", "quotes-in-an-hour"),
    "questionnaire": Word(
        "What is asked: the name of a questionnaire that comes with Avow, or one written out.",
        "clear-believable-implementable",
    ),
    "process": _key("A running of the process, by its key or Avow id. Where one is recorded: its key.", "sales-day"),
    "constituency": _key("A constituency, by its key or Avow id. Where one is named: its key.", "clients-north"),
    "ask": _key("What is asked, by an id of your own; unique in the constituency.", "the-promise"),
    "elements": Word(
        "The elements that it is about or tied to, by their ids; none: the whole strategy.", ["criterion-1"]
    ),
    "concern": _key("A concern, by its key or Avow id. Where one is raised: its key.", "anna/courage"),
    "about": Word("The one person or unit that it is about, if it is about one.", {"unit": "sales"}),
    "put_to": _key("The person who is asked to address it; unstated, whoever leads the unit.", "berta"),
    "wrongdoing": Word(
        "Whether it is a report of wrongdoing, which the law protects: it is refused, and where to take it is told.",
        False,
    ),
    "channel": Word("Where the organisation takes reports of wrongdoing; none: nowhere.", "ombuds@example.org"),
    "mode": Word(
        "How answers are given: attributed ones bear their author's name for the readers; of confidential ones only "
        "figures of groups are ever told.",
        "attributed",
    ),
    "minimum_group_size": Word("How many people at least stand together in every figure of a confidential review.", 5),
    "grouping": Word("What the groups of a confidential review are made of, the outermost first.", ["units"]),
    "reported_back": Word("The day by which the results are told to those asked.", "2026-05-15"),
    "confided": Word("The published results of a confidential review held elsewhere; taken from an import only.", None),
    "asked": Word("How many were asked.", 42),
    "parts": Word("The figures of each reporting group, and of unions of them.", None),
    "part": Word("Nodes of the grouping tree, each as the way to it from the top.", None),
    "union": Word("Whether it is a union of reporting groups.", False),
    "comments": Word("Comments of the whole, by question.", None),
    "theme": Word("With which other questions it is read together.", "understand"),
    "confidential_where_possible": Word("Whether it is attributed only where too few are asked.", False),
    "end": Word("What became of the ballot box.", "published"),
    "modes": Word("The modes in which it may be answered.", ["attributed"]),
    "participants": Word(
        "Who is asked, or took part, each by key or Avow id; in a review frozen from the opening on.", ["anna"]
    ),
    "readers": Word("Who will see who said what, each by key or Avow id; told before the first question.", ["berta"]),
    "groups": Word("Participants whose answers are also shown apart.", None),
    "people": Word("People, each by key or Avow id.", ["anna"]),
    "exclusions": Word("Who would have been asked and is not, each with the reason.", None),
    "closes": Word("Until when answers are taken: an instant, or a date, which means its first instant.", "2026-05-01"),
    "answers": Word("The answers, by the id of their question.", None),
    "score": Word("A score on the questionnaire's scale.", 4),
    "unknown": Word("Whether too little is known of it to judge.", False),
    "skip": Word("Whether it is passed over.", False),
    "comment": _words("Own words; sealed under their author's key.", "clear, but for the second bet"),
    "edition": Word("The edition of the results, 1 for the first.", 1),
    "results": Word("The results of a review that was held elsewhere; unstated, they are counted.", None),
    "group": Word("The group; none for all participants.", "leaders"),
    "invited": Word("How many were asked.", 7),
    "answered": Word("How many answered.", 5),
    "questions": Word("The questions, or what came of each.", None),
    "question": _key("A question of the questionnaire, by its id.", "clear"),
    "id": _key("Its id, unique where it stands.", "clear"),
    "n": Word("How many answered at all.", 5),
    "rated": Word("How many gave a score.", 4),
    "skipped": Word("How many passed over it.", 0),
    "distribution": Word("How many gave each score, lowest first.", [0, 0, 1, 2, 1]),
    "mean": Word("The mean of the scores, with one decimal.", "4.0"),
    "demanded": Word("Whether no material revision is published without a clarity check of its draft.", True),
    "trusted_units": Word("Units about which it is asked how far one can rely on them, by key or Avow id.", ["sales"]),
    "benchmark": _key("Reference values, by key or Avow id. Where some are loaded: their key.", "industry-2026"),
    "dated": Word("The day that it is of.", "2026-01-31"),
    "verified": Word("Whether somebody verified it; otherwise it is marked wherever it is shown.", False),
    "values": Word("The values, one for each question and measure.", None),
    "wording": _words("In which words it was asked.", "Our decisions follow the strategy."),
    "from_score": Word("The score from which on a share counts; of a mean none.", 4),
    "schedule": _key("A schedule, by key or Avow id. Where one is set: its key.", "quarterly"),
    "rule": Word("By which rule of RFC 5545 it recurs.", "FREQ=MONTHLY;BYDAY=1MO"),
    "starts": Word(
        "From when on it recurs, and at which hour: an instant, or a date, which means its first instant.",
        "2026-04-06T09:00:00+02:00",
    ),
    "open_days": Word("For how many local days answers are taken, the day of the opening included.", 14),
    "reported_back_days": Word("Within how many days after the close the results are told to those asked.", 14),
    "occurrence": Word("The instant of a schedule that it is held for.", "2026-04-01T07:00:00Z"),
    "reached": Word("How many gave the bar's score or more.", 3),
    "enough": Word("Whether that is enough.", True),
    "lowest": Word("The lowest score.", 1),
    "highest": Word("The highest score.", 5),
    "bar": Word("What is enough.", None),
    "percent": Word("How many in a hundred.", 70),
    "finding": _key("The finding, by an id of your own.", "bets-unclear"),
    "name": Word("Its name, or a person's.", "Sales"),
    "email": Word("A person's e-mail address; sealed under their key.", "anna@example.org"),
    "kind": Word("Its kind, in the domain's words.", "team"),
    "title": Word("Its title.", "Quotes within a day"),
    "zone": Word("An IANA time zone, in which days are counted.", "Europe/Berlin"),
    "clock": Word("Whose time it lives in: real, or simulated for samples, training and tests.", "real"),
    "grace_days": Word("How many days late a fact may be entered without a reason.", 7),
    "scale": _key("A commitment scale, by its name.", "default"),
    "version": Word("The number of this version, higher than the last.", 1),
    "levels": Word("The levels, lowest first if they are ordered.", ["not yet", "on condition", "committed"]),
    "ordered": Word("Whether the levels have an order.", True),
    "counts_from": Word("The level from which on a party counts as committed.", "committed"),
    "level": Word("The level of commitment, one of the strategy's scale.", "committed"),
    "role": Word("The role, in the organisation's own words; an access role where access is given.", "lead"),
    "rank": Word("The rank: a person's, or a bet's place among the bets.", "director"),
    "home": Word("Whether it is home, where the person counts once.", True),
    "result": _words(
        "What is to come of it, in own words; sealed under its author's key.", "answer every quote in a day"
    ),
    "evidence": _words("What shows it; sealed under its author's key.", "the log of June"),
    "by_when": Word("The day by which it is to be delivered; overdue from the day after.", "2026-06-30"),
    "champion": _key("The person who stands behind it.", "berta"),
    "revision": Word("The revision it is about; unstated, the one in force at its instant.", 1),
    "text": _words("What it says.", "We answer every quote within a day."),
    "supports": Word("The elements or goals that it serves.", ["criterion-1"]),
    "removed": Word("Whether the element is taken out of the draft.", False),
    "measure": Word("What is measured.", "share of quotes answered within a day"),
    "method": Word("How: the way of measuring, or of receiving.", "counted weekly"),
    "source": Word("Where it comes from.", "quoting system"),
    "baseline": Word("Where it stood at the start; of a KPI an exact decimal, such as 62.", "62 %"),
    "target": Word("Where it is to stand; of a KPI an exact decimal, such as 95.", "95 %"),
    "due": Word("The day on which it is due.", "2026-12-31"),
    "horizon": Word("How far ahead it looks.", "2028-12-31"),
    "based_on": Word("The version of the element that its author saw.", 3),
    "refused_by": Word("The name of the rule that kept the cycle from being opened.", "nobody-looked"),
    "in_words": _words("That rule in words.", "nobody looked while the cycle could be opened"),
    "ranking": _key("A ranking, by its key or Avow id. Where one is opened: its key.", "bets-spring"),
    "ranks": Word(
        "A place for each element, by its id; 1 for the first, and the same one for those that are tied.",
        {"bet-night-shift": 1, "bet-spare-parts": 2},
    ),
    "most": Word("How many there are to be at most; unstated, Avow's own number holds again.", 5),
    "piece": _key("A piece of evidence, by its key or Avow id. Where one is recorded: its key.", "crm-spring"),
    "claim": _words("Which claim it is about, in words; unstated, what the element says.", "we win most of them"),
    "bears": Word("Whether it speaks for or against the claim, or leaves it open.", "for"),
    "count": Word("How many were counted.", 18),
    "of": Word("Of how many.", 24),
    "value": Word("What was measured, as a decimal number in the measure's unit; a rate is in percent.", "62.5"),
    "observed": Word("The day on which it was seen, or on which its period ended; unstated, that of the fact.", None),
    "edge": Word("What sets us apart: better, faster, cheaper, or a kind of your own.", "faster"),
    "apart_from": Word("What clients could choose instead: competitors, and other ways.", ["to do it themselves"]),
    "profiles": Word("The client profiles that it is for, by their element ids.", ["plant-managers"]),
    "seen_as": Word("What we want these clients to see us as.", "the one who answers first"),
    "material": Word("Whether it changes what people committed to; else it is editorial.", True),
    "in_force_from": Word(
        "From when on it is in force: an instant, or a date; unstated, from its publication.", "2026-04-01"
    ),
    "expires": Word("Until when it holds.", "2026-12-31"),
    "agreement": _key("The agreement, by an id of your own.", "appraisal-talks"),
    "parties": Word("Who concluded it, in words; two at least.", ["the management", "the works council"]),
    "kinds": Word("The kinds of data that may be used in appraisals; GET …/purposes lists them.", ["commitments"]),
    "facilitator": _key("Who runs the review for its sponsor, by key or Avow id; not one of the participants.", "fay"),
    "ownership": _words(
        "What the sponsor says to owning what comes of it, in own words; sealed under the sponsor's key.",
        "I will answer every finding in the June assembly",
    ),
    "responds_by": Word(
        "The day by which the results are reported back to those asked; the facilitator's access ends with it.",
        "2026-06-15",
    ),
    "desired": Word("How it is to be.", "Bonuses follow the goals of the strategy."),
    "programme": _key("A programme, by its key or Avow id. Where one is planned: its key.", "leading-well"),
    "gaps": Word("The gaps that it is to close, each by key or Avow id.", ["commercial-rewards"]),
    "units": Word("Whom it is for: the people of these units and those below, each by key or Avow id.", ["sales"]),
    "of_ranks": Word("Whom it is for: people of these ranks.", ["director"]),
    "capability": _key("A capability, by its key or Avow id. Where one is needed: its key.", "challenging"),
    "present": Word("Whether they have it; false where it turned out that they have it no more.", True),
    "statement": Word(
        "The words that it is about; unstated, those of the draft or of the revision.", "Every call within an hour"
    ),
    "could_sign": Word("Whether a competitor could sign the statement as well: then it is a platitude.", False),
    "wanted": Word("Whether this is still what we want. A no ends the check.", True),
    "goals": Word("Tenths of the effort that went into goals.", 6),
    "exceptions": Word("Tenths of the effort that went into exceptions.", 1),
    "fire_fighting": Word("Tenths of the effort that went into fire-fighting.", 3),
    "progress": Word("Whether it is making progress.", "partly"),
    "assessors": Word("The two people who judge the unit, by key or Avow id; participants.", ["anna", "berta"]),
    "condition": Word("One of the five conditions of alignment.", "goals"),
    "judgement": Word("How far the condition is apparent.", "partly"),
    "rests_on": Word(
        "What the judgement rests on, each a text with its source or a figure, and as of when it was read.",
        [{"text": "18 of 20 trained", "source": "course register", "valid_at": "2026-05-12"}],
    ),
    "texts": Word("Which texts: identity (name, e-mail, keys in a source), words (own words), or both.", ["identity"]),
    "days": Word("How many local days after a person left their texts are erased; unstated, they are kept.", 365),
    "until": Word("Until when it lasts: an instant, or a date, which means its first instant.", "2027-01-01"),
    "decision": _key("A decision, by its key or Avow id. Where one is taken: its key.", "own-fleet"),
    "matter": Word("What was to be decided.", "Do we keep a fleet of our own?"),
    "alternatives": Word(
        "What could have been done, two at least, each with an id of its own; to do nothing is one, too.",
        [{"id": "keep", "text": "Keep the fleet"}, {"id": "rent", "text": "Rent what is needed"}],
    ),
    "chosen": _key("The alternative that was chosen, by its id.", "rent"),
    "decider": _key("Who decided, by key or Avow id; unstated, whoever records it.", "berta"),
    "applies": Word("The values, principles, mission or vision that it follows, each by its element's id.", ["care"]),
    "bet": _key("The big bet that it is about, by its element's id.", "bet-1"),
    "begins": Word("The first day of the period.", "2026-01-01"),
    "ends": Word("The last day of the period, included.", "2026-03-31"),
    "amount": Word("Money, as a text of digits; exact, with up to 6 decimal places.", "125000.50"),
    "currency": Word("The currency's code (ISO 4217). Amounts in two currencies are never added up.", "EUR"),
    "full_time": Word("People, in full-time equivalents over the whole period, as a text of digits.", "2.5"),
    "resource": Word("What goes into one element or goal, by the id that its first statement led to.", None),
    "knowledge": _key("An item, by its key or Avow id. Where one is captured: its key.", "rental-terms"),
    "language": Word("The language of the text, by its code (ISO 639).", "en", 3),
    "stages": Word("The stages that it is for: of the client's buying process, or of enrolment.", ["evaluation"]),
    "roles": Word("The roles that it is for, in the organisation's own words.", ["sales"]),
    "keeper": _key("Who keeps it up to date, by key or Avow id.", "berta"),
    "need": _key("What is needed, by its Avow id.", "5f1f7a0e-0000-4000-8000-000000000000"),
    "did_not_know": Word("Whether they did not know until then that it existed.", True),
    "found_by": Word("How they came to it.", "search"),
    "hours": Word("Hours a week that go into looking, as a text of digits.", "4.5"),
    "of_people": Word("Of how many people in the unit it is the average.", 12),
    "because": _words("Why, in own words; sealed under their author's key.", "it is what we said we stand for"),
    "accountable": _key("The one person who answers for it.", "berta"),
}
"""The meaning of every field, by its name in the history format."""


def word(name: str) -> Word:
    """What a field means. A field without an entry is a fault of ours, which a test finds."""
    return ENVELOPE.get(name) or WORDS.get(name) or Word("")
