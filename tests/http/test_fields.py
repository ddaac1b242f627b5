"""Which fields of which answer each caller sees: by actor, organisation, route and field, kept as a file to be read.

The routes come from the route map, the fields from the schemas of the answers and from the real answers of a fixed
scene. `python -m tests.http.test_fields` writes `fields.txt` anew; whoever lets a field be seen by somebody else reads
the difference.
"""

from __future__ import annotations

import re
import sys
import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import pytest

from adapters.bootstrap import in_memory
from adapters.http.app import NOUNS
from domain.sealed import Private
from tests.http.test_permissions import ACTORS, BODIES, NOW, PLACES, routes, stage
from tests.support.api import Api

FIELDS = Path(__file__).with_name("fields.txt")

LETTERS = {
    "administrator": "A", "strategist": "T", "sponsor": "S", "facilitator": "F", "auditor": "U", "lead": "L",
    "anna": "a", "bob": "b", "integration": "i", "rita": "r",
}  # fmt: skip
OTHERS = ("foreign", "nobody")
"""Actors of another organisation, and none: they see no field of anything."""

LEGEND = f"""Who sees which field of which answer, in the scene of tests/http/test_fields.py. One column an actor:
{", ".join(f"{letter} {name}" for name, letter in LETTERS.items())}.
+ seen   0 there, and empty or null for this actor   . not in this actor's answer   - the answer is refused
Of another organisation, and of one that there is not, every address answers {{other}} to all of them: the same bytes.
"""


def scene() -> Api:
    """The organisation of the matrix, with more in it: answers, published results, an exception, an agreement."""
    api = stage()
    autumn = {**BODIES["review.opened"], "review": "autumn", "title": "Clear now?", "closes": "2999-01-01"}
    done = [api.as_("sponsor").post("reviews", autumn)]
    own = {"person": "anna", "answers": {"clear": {"score": 5}}}
    done += [api.as_("anna").post(f"reviews/{review}/answers", own) for review in ("spring", "autumn")]
    done += [api.as_("sponsor").change("reviews/autumn", act) for act in ("closings", "publications")]
    finding = {"finding": "f", "text": "Nobody knows what to stop."}
    done.append(api.change("reviews/autumn", "findings", finding))
    done.append(api.as_("administrator").post("agreements", BODIES["agreement.concluded"]))
    boss = {"manager": "lead"}
    done.append(api.change("people/anna", "managers", boss))
    done.append(api.change("people/anna", "ranks", {"rank": "clerk"}))
    late = {"unit": "west", "name": "West", "kind": "team", "at": "2029-01-01", "reason": "the minutes came late"}
    done.append(api.post("units", late))
    assert [each.status_code for each in done] == [201] * len(done), [each.json for each in done]
    return api


def seen(answer: Any, path: str = "") -> Iterator[tuple[str, bool]]:
    """The fields of an answer by their paths, and whether each says something."""
    match answer:
        case dict() if answer:
            for name, value in answer.items():
                key = "{id}" if re.fullmatch(r"[0-9a-f]{8}-[0-9a-f-]{27}", name) else name
                yield from seen(value, f"{path}.{key}")
        case list() if answer:
            for each in answer:
                yield from seen(each, f"{path}[]")
        case _:
            yield path or ".", answer not in (None, [], {}, "")


def declared(kind: Any, path: str = "", above: tuple[Any, ...] = ()) -> Iterator[str]:
    """The fields that the schema of an answer has, by their paths."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in {types.UnionType, typing.Union}:
        for each in arguments:
            if each is not types.NoneType:
                yield from declared(each, path, above)
    elif origin in {list, tuple, frozenset}:
        yield from declared(arguments[0], f"{path}[]", above)
    elif isinstance(origin, type) and issubclass(origin, Mapping):
        yield from (path,) if path else ()
    elif (is_dataclass(kind) or typing.is_typeddict(kind)) and kind is not Private and kind not in above:
        hints = get_type_hints(kind)
        names = [each.name for each in fields(kind)] if is_dataclass(kind) else list(hints)
        for name in names:
            yield from declared(hints[name], f"{path}.{name.removesuffix('_')}", (*above, kind))
    elif path:
        yield path


def _address(path: str, arguments: dict[str, str]) -> tuple[str, dict[str, str]]:
    for name, place in PLACES.items():
        path = path.replace(f"<path:{name}>", place).replace(f"<{name}>", place)
    if path == "alignment/changes":
        return path, {**arguments, "from": NOW, "to": NOW}
    if path == "alignment/explanation":
        return path, {**arguments, "valid_at": NOW, "from_known_at": "20"}
    return path, arguments


def _answers(api: Api, path: str, arguments: dict[str, str]) -> dict[str, Any]:
    """What each actor is answered; None where it is refused."""
    address, asked = _address(path, arguments)
    found: dict[str, Any] = {}
    for actor in LETTERS:
        api.as_(actor)
        response = api.client.get(f"{api.root}/{address}".rstrip("/"), query_string=asked, headers=api.headers())
        read: Any = response.get_json(force=True) if str(response.mimetype).endswith("json") else {"answer": "text"}
        found[actor] = (read["answer"] if isinstance(read, dict) else read) if response.status_code == 200 else None
    return found


def table(api: Api) -> str:
    """The whole matrix of fields as text."""
    kinds = {ask.path: ask.answers for noun in NOUNS for ask in noun.asks}
    lines = [LEGEND.format(other=404)]
    for method, path, _, arguments in routes():
        if method != "GET":
            continue
        answers = _answers(api, path, arguments)
        told: dict[str, dict[str, bool]] = {each: {} for each in declared(kinds.get(path))}
        for actor, answer in answers.items():
            for field, says in seen(answer) if answer is not None else ():
                here = told.setdefault(field, {})
                here[actor] = here.get(actor, False) or says
        lines.append(f"GET {path.replace('<path:', '<') or '.'}")
        lines.append(f"  {'':60}" + " ".join(LETTERS.values()))
        # An empty list stands for its fields where it is empty for somebody and not for all.
        for field in sorted(told):
            marks = [_mark(answers[actor], told[field].get(actor)) for actor in LETTERS]
            if "+" in marks or not any(other.startswith((f"{field}.", f"{field}[")) for other in told):
                lines.append(f"  {field:60}" + " ".join(marks))
        lines.append("")
    return "\n".join(line.rstrip() for line in lines)


def _mark(answer: Any, says: bool | None) -> str:
    if answer is None:
        return "-"
    return "." if says is None else "+" if says else "0"


@pytest.fixture(scope="module")
def furnished() -> Api:
    return scene()


def test_every_field_is_seen_by_whom_it_should(furnished: Api) -> None:
    assert table(furnished) == FIELDS.read_text(encoding="utf-8"), "write it with: python -m tests.http.test_fields"


def test_every_actor_of_the_matrix_has_a_column_or_sees_nothing() -> None:
    assert {*LETTERS, *OTHERS} == set(ACTORS)


def test_a_field_that_nobody_reviewed_is_found() -> None:
    """The control arm: one more field in an answer, or in its schema, is one more line."""
    assert dict(seen({"a": 1, "b": [{"c": None}]})) == {".a": True, ".b[].c": False}
    assert dict(seen({"a": 1, "b": [{"c": None, "d": 2}]})).keys() - {".a", ".b[].c"} == {".b[].d"}
    shape = typing.TypedDict("shape", {"a": int, "b": list[str] | None})  # noqa: UP013 — made here
    assert list(declared(shape)) == [".a", ".b[]"]


def test_the_history_says_that_somebody_answered_and_to_few_what(furnished: Api) -> None:
    told = {}
    for who in ("administrator", "auditor"):
        events: Any = furnished.as_(who).get("history?topics=review.answered").get_json()
        one: Any = furnished.get(f"history/{events['answer'][0]['position']}").get_json()
        told[who] = [each["content"] is not None for each in (*events["answer"], one["answer"])]
    assert told == {"administrator": [False] * 3, "auditor": [True] * 3}


def test_the_reason_of_an_answer_is_for_those_who_may_read_the_answer() -> None:
    with in_memory() as installation:
        api = stage(installation)
        body = {"person": "anna", "answers": {}, "reason": "the sheet lay in a drawer"}
        assert api.as_("anna").post("reviews/spring/answers", body).status_code == 201
        told = {}
        for who in ("administrator", "auditor"):
            events: Any = api.as_(who).get("history?topics=review.answered").get_json()
            told[who] = events["answer"][-1]["reason"]
        assert told == {"administrator": None, "auditor": "the sheet lay in a drawer"}


@pytest.mark.parametrize("actor", ACTORS)
def test_another_organisation_answers_as_one_that_there_is_not(furnished: Api, actor: str) -> None:
    """Byte for byte, but for the name asked about, on every route and to every actor."""
    there = {"foreign": furnished.key}.get(actor, "elsewhere")
    nobodys = "x" * len(there)
    for method, path, _, arguments in routes():
        address, asked = _address(path, arguments)
        told = []
        for organisation in (there, nobodys):
            furnished.as_(actor)
            headers = furnished.headers(If_Match='"v1"')
            response = furnished.client.open(
                f"/v1/organisations/{organisation}/{address}".rstrip("/"), method=method, query_string=asked,
                headers=headers, json={} if method == "POST" else None,
            )  # fmt: skip
            body = response.get_data().replace(organisation.encode(), b"~")
            told.append((response.status_code, body, sorted(response.headers.keys())))
        assert told[0] == told[1], (method, path)
        assert told[0][0] == (401 if actor == "nobody" else 404), (method, path, told[0])


if __name__ == "__main__":
    FIELDS.write_text(table(scene()), encoding="utf-8")
    sys.stdout.write(f"{FIELDS.name}: {len(FIELDS.read_text(encoding='utf-8').splitlines())} lines\n")
