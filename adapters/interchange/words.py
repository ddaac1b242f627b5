"""What each field of the history format means: for the JSON Schema, and for docs/history-format.md.

A field means the same in every type that has it; where it does not, it is listed under `type.field`.
"""

from __future__ import annotations

from collections.abc import Mapping

FIELDS: Mapping[str, str] = {
    "accountable": "Key of the one person who answers for the goal.",
    "agreement": "The agreement's own name within the organisation.",
    "answers": 'By question: `{"score": 1–5}`, `{"unknown": true}` or `{"skip": true}`, each with a `comment` if any.',
    "based_on": "Version of the element that the author saw; if somebody revised it since, the line is refused.",
    "audience": "To whom it was reported, in own words; sealed.",
    "baseline": "Where the measure stands at the start, in words.",
    "by": "Key of the goal that is pursued instead.",
    "by_when": "Last day for the result; overdue begins the day after.",
    "champion": "Key of the person who speaks for it within the unit.",
    "cleared": "Names of fields that are emptied; `null` in those fields says the same.",
    "clock": "`real`, or `simulated` for samples, training and tests. For good.",
    "checkpoint": "The signed note of the checkpoint that covered all that was known.",
    "closes": "Until when answers are taken.",
    "commitment": "The source's key for the commitment.",
    "confided": "The published results of a confidential review: how many were `asked` and `answered`; in `parts` the "
    "figures of each reporting group and of unions of them: `part` (the nodes of the grouping tree that it consists "
    "of, each a list of keys from the top down), `union`, `n`, `questions` as in `results`; `comments` by question.",
    "counts_from": "The lowest level that counts as committed; ordered scales only.",
    "days": "How many local days after a person left their texts are erased; none: they are kept.",
    "digest": "SHA-256 of the answer that was told, in hexadecimal.",
    "due": "Last day; overdue begins the day after.",
    "edition": "Number of the edition of results: 1, then restated ones.",
    "element": "Id of an element of the strategy.",
    "email": "Sealed under the person's key.",
    "evidence": "What shows it, in own words; sealed.",
    "exception": "The exception's own name within the strategy.",
    "exclusions": "Who would have been asked and is not: `person` and `reason` of each.",
    "expires": "Until when the exception holds.",
    "facilitator": "Key of the person who runs the review for its sponsor, the actor; not one of the participants.",
    "finding": "The finding's own name within the review.",
    "for": "What it is for: a key (of a goal, a review, a strategy, or an element of `strategy`), or an object that "
    "names `strategy`, `element`, `goal`, `revision` or `review`.",
    "end": "What became of the ballot box: its results were `published`; they were `refused`, as too few answered; the "
    "review was `cancelled`; nobody published them (`unpublished`); or it had lost its keys (`void`).",
    "goal": "The source's key for the goal.",
    "grace_days": "How many local days a fact may be entered late without a reason.",
    "grouping": "What the groups of a confidential review are made of: `units` (unless stated), `ranks` or `groups`, "
    "or two of them, the outermost first.",
    "groups": "Participants whose answers are also shown apart: `name` and `people` of each.",
    "home": "Whether the person counts here; in one unit at a time.",
    "horizon": "How far ahead the statement looks.",
    "in_force_from": "From when the revision is in force; unstated, from its publication on.",
    "into": "Key of the unit that carries this one on.",
    "kinds": "The kinds of data that may be used in the appraisal of individuals.",
    "known_at": "As it was known when it was told.",
    "level": "A level of the strategy's scale.",
    "levels": "The scale's levels; the lowest first, if ordered.",
    "manager": "Key of the person reported to; none: nobody.",
    "material": "Whether it changes something of substance: then statements on touched elements become stale.",
    "measure": "What is measured.",
    "method": "How it was stated, such as `signed`.",
    "minimum_group_size": "How many people at least stand together in every figure of a confidential review; 5 unless "
    "stated, never under 3.",
    "mode": "`attributed`: participants know that their answers carry their names. `confidential`: only figures of "
    "groups are ever told of them; the answers themselves are in no history.",
    "name": "What it is called.",
    "not_separated": "Whether the draft's own author approved it because nobody else could; told of the past only.",
    "objection": "The objection of the draft check that the exception covers.",
    "ordered": "Whether the levels rise; a nominal scale gives no party level.",
    "organisation": "The organisation's key, as in the header.",
    "parent": "Key of the unit it sits in; none: at the top.",
    "ownership": "What the sponsor says to owning what comes of the review, in own words; sealed.",
    "participants": "Keys of those who are asked; frozen.",
    "parties": "Who concluded it, in words; two at least.",
    "party": 'Who takes it on: `{"person": key}` or `{"unit": key}`.',
    "person": "The source's key for the person.",
    "position": "The position that it was known at, in the history where it was told.",
    "question": "Id of the question that the finding is about.",
    "questionnaire": "`clear-believable-implementable`, `commitment-audit`, `attitude-to-the-vision` or "
    "`confided-concerns`, which come with Avow, or the whole questionnaire: `name`, `version`, `modes` (of "
    "`attributed`, `confidential`), `questions` (`id`, `text`, `kind` `rated` or `open`, in confidence also `attitude` "
    "or `concern`, and a `theme`), whether it is `confidential_where_possible`, and unless 1 to 5 `lowest` and "
    "`highest`; with a `bar` (`score`, `percent`) it is judged what is enough.",
    "percent": "How many of those asked had answered, in steps of a tenth, or of three people where that is more.",
    "rank": "The rank held.",
    "readers": "Keys of those who will see who said what; of a confidential review, its published results.",
    "report": "The source's key for the report.",
    "reported_back": "Last day on which the results are told to those asked; a confidential review needs it.",
    "removed": "Whether the element is taken out of the draft.",
    "responds_by": "Last day for reporting the results back to those asked; the facilitator's access ends with it.",
    "result": "What will be there, in own words; sealed.",
    "results": "Results of a review held elsewhere, for the whole (`group` null) and each group: `invited`, "
    "`answered`, and of each of its `questions` `question`, `n`, `rated`, `unknown`, `skipped`, `distribution` (counts "
    "from the lowest score on), `mean` (a text, or null); unstated, they are counted from the answers.",
    "review": "The source's key for the review.",
    "revision": "Number of the revision that the author saw; unstated, the one in force at `at`.",
    "role": "In the organisation's own words.",
    "rules": "Version of the definitions that it was told under.",
    "scale": "Name of the scale; unstated, the built-in one.",
    "strategy": "The source's key for the strategy.",
    "successor": "Key of the strategy that takes its place.",
    "supports": "What it serves.",
    "target": "What is to be reached, in words.",
    "text": "The text, clear and searchable; it names people by key only.",
    "texts": "Which texts: `identity`, `words`, or both, which they are unless stated.",
    "title": "What it is called.",
    "unit": "The source's key for the unit.",
    "until": "Until when it lasts; unstated, until it is released.",
    "valid_at": "The instant that it is about.",
    "version": "1, 2, 3 …; a newer version replaces the older for what is said from then on.",
    "zone": "IANA time zone in which days are counted.",
    # Where a field means something of its own:
    "access.granted.role": "What the person may do in Avow; nothing else gives it.",
    "access.granted.unit": "For `lead`: the unit whose sub-tree it holds for.",
    "access.granted.review": "For `facilitator`: the review it holds for.",
    "access.revoked.role": "The role that is taken back.",
    "accountable.named.person": "Key of the one person who answers from here on; none: a vacancy.",
    "accountable.named.strategy": "Key of the strategy, where `for` names an element of it.",
    "acknowledgement.declined.method": "How it was stated.",
    "agreement.concluded.expires": "Until when it holds.",
    "duty.given.kind": "What is owed: to `acknowledge`, to `answer`, or to `decide` (to say yes or no).",
    "duty.given.unit": "The duty applies while the person is a member of this unit.",
    "goal.proposed.supports": "Ids of elements, and the key of one parent goal; a list, or a single one.",
    "goal.changed.supports": "Ids of elements, and the key of one parent goal; a list, or a single one.",
    "goal.proposed.unit": "Key of the unit whose goal it is; none: the organisation's.",
    "guest.invited.name": "Sealed under the person's key.",
    "person.joined.name": "Sealed under the person's key.",
    "report.published.rank": "Only people of this rank.",
    "report.published.unit": "Key of the unit that it is about, with those below it; none: the organisation.",
    "retention.set.kind": "Which texts: `identity` (who somebody is), or `words` (their own words).",
    "review.chartered.method": "How the review is held, in words.",
    "review.found.text": "The finding.",
    "review.opened.kind": "What kind of review it is.",
    "review.opened.revision": "Number of the revision it is about; unstated, the draft.",
    "scale.defined.scale": "Name of the scale.",
    "spokesperson.named.person": "Key of the person; none: a vacancy.",
    "strategy.published.revision": "The number it gets, to be sure that it is the one meant.",
    "strategy.revised.element": "Id of the element; a new one adds it.",
    "strategy.revised.kind": "Kind of the element, such as `vision`, `success_criterion`, `big_bet`; free otherwise.",
    "strategy.revised.method": "How it is measured.",
    "strategy.revised.rank": "Place among the elements of its kind.",
    "strategy.revised.source": "Where the measure's figures come from.",
    "strategy.revised.supports": "Ids of elements that this one serves; a list, or a single one.",
    "unit.formed.kind": "Such as `enterprise`, `business`, `function` or `team`.",
    "unit.renamed.kind": "The new kind; absent: unchanged.",
    "unit.renamed.name": "The new name; absent: unchanged.",
    "unit.split.into": "Keys of the units that carry it on.",
}


def words(topic: str, field: str) -> str:
    """What a field means in lines of this type. Raises KeyError for one that nobody has explained."""
    return FIELDS.get(f"{topic}.{field}") or FIELDS[field]
