"""A person's record over HTTP: what is on the record about them, for governing or, where agreed, an appraisal."""

from __future__ import annotations

from collections.abc import Callable

from adapters.http.answers import Found
from adapters.http.asks import Inquiry
from adapters.http.refusals import FieldsNotValid, NotOnRecordThen
from application import answers
from application.agreement import agreed_parts
from application.concerns import about_concern
from application.permissions import NotPermitted
from application.personal_record import person_record
from domain.concern import Concern
from domain.kernel import Party
from domain.purpose import DataKind

GOVERNING, APPRAISAL = "governing", "appraisal"
"""What a person's record is asked for."""


def record(inquiry: Inquiry) -> Found:
    """Everything on the record about one person, with the events behind each part.

    For the purpose `appraisal` it holds what the organisation's agreement of now allows to be used so, and null for
    every other part; where it allows nothing, the question is refused.
    """
    person = inquiry.find("person")
    if not inquiry.sees(lambda: inquiry.about(Party("person", person))):
        raise NotPermitted("record", inquiry.session.caller.name)
    sees = _sight_of_concerns(inquiry)
    found = person_record(inquiry.services.questions, inquiry.asked, person, sees)
    if found is None:
        raise NotOnRecordThen("person", inquiry.path["person"], "valid_at")
    purpose = inquiry.arguments.get("purpose", GOVERNING)
    if purpose == APPRAISAL:
        found = _for_appraisal(inquiry, found)
    elif purpose != GOVERNING:
        problem = f"this has to be {GOVERNING} or {APPRAISAL}"
        raise FieldsNotValid("purpose", problem, {"purpose": problem})
    stated = {"purpose": purpose} if purpose == APPRAISAL else {}
    return Found(answer=found, asks={"person": person, **stated})


def _for_appraisal(inquiry: Inquiry, found: answers.Plain) -> answers.Plain:
    """The parts of a record that may be used to appraise its person. Raises AppraisalNotAgreed."""
    session = inquiry.session
    agreed = agreed_parts(session.settings.agreements, session.now, [DataKind(part) for part in found])
    return {part: each if DataKind(part) in agreed else None for part, each in found.items()}


def _sight_of_concerns(inquiry: Inquiry) -> Callable[[Concern], bool]:
    """Tells whether the caller is shown a concern: whoever leads its raiser may be the one whom it is about."""
    desk, caller = inquiry.desk, inquiry.session.caller
    return lambda state: inquiry.sees(lambda: about_concern(desk, caller, state), "concern")
