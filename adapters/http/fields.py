"""Fields that take what is sent as it is: no number from a string, no yes from a 1, no text that cannot be stored."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from marshmallow import ValidationError, fields

from adapters.instants import InstantMalformed, InstantOutOfRange, read_date

LINE, LONG, KEY = 500, 20_000, 200
"""How many characters a name, somebody's own words or an element, and a key may have."""

CONTROL = r"\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f"
TEXT_PATTERN = rf"^[^{CONTROL}]*$"
LINE_PATTERN = rf"^[^{CONTROL}\u0009\u000a\u000d\u2028\u2029]*$"
KEY_PATTERN = rf"^[^{CONTROL}\u0009\u000a\u000d\u2028\u2029\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+$"

_PATTERNS = {pattern: re.compile(pattern[1:-1]) for pattern in (TEXT_PATTERN, LINE_PATTERN, KEY_PATTERN)}


class Text(fields.Field[str]):
    """Text that can be stored and shown: well-formed, without control characters, of a limited length."""

    def __init__(self, *, longest: int = LINE, pattern: str = LINE_PATTERN, shortest: int = 0, **more: Any) -> None:  # noqa: ANN401 — marshmallow's own
        metadata = {"type": "string", "maxLength": longest, "pattern": pattern, **more.pop("metadata", {})}
        if shortest:
            metadata["minLength"] = shortest
        super().__init__(metadata=metadata, **more)
        self.longest, self.shortest, self.pattern = longest, shortest, pattern

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:  # noqa: ANN401
        if not isinstance(value, str):
            raise ValidationError("this has to be a text: write it between quotation marks")
        if len(value) > self.longest:
            raise ValidationError(f"this has {len(value)} characters, more than {self.longest}")
        if len(value) < self.shortest:
            raise ValidationError("this is empty")
        refuse_unstorable(value)
        if not _PATTERNS[self.pattern].fullmatch(value):
            kind = (
                "a key: no control, invisible or direction characters"
                if self.pattern == KEY_PATTERN
                else (
                    "a text without control characters"
                    if self.pattern == TEXT_PATTERN
                    else "one line: no line breaks or control characters"
                )
            )
            raise ValidationError(f"this has to be {kind}")
        return value


def refuse_unstorable(text: str) -> None:
    """Raises ValidationError for text that is no Unicode text: half of a pair, or a NUL."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ValidationError("this holds half of a surrogate pair, which is no character") from None
    if "\0" in text:
        raise ValidationError("this holds a NUL character, which no text can have")


class WholeNumber(fields.Field[int]):
    """A whole number, written as one."""

    def __init__(self, *, least: int = 0, **more: Any) -> None:  # noqa: ANN401
        metadata = {"type": "integer", "minimum": least, "maximum": 2**31 - 1, **more.pop("metadata", {})}
        super().__init__(metadata=metadata, **more)
        self.least = least

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> int:  # noqa: ANN401
        if isinstance(value, float) and value.is_integer():
            value = int(value)  # JSON knows one kind of number: 7.0 is 7
        if isinstance(value, bool) or not isinstance(value, int):
            raise ValidationError("this has to be a whole number, without quotation marks")
        if not self.least <= value < 2**31:
            raise ValidationError(f"this has to be a number from {self.least} to {2**31 - 1}")
        return value


class Number(fields.Field[float]):
    """A number, written as one."""

    def __init__(self, **more: Any) -> None:  # noqa: ANN401
        super().__init__(metadata={"type": "number", **more.pop("metadata", {})}, **more)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> float:  # noqa: ANN401
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise ValidationError("this has to be a number, without quotation marks")
        return float(value)


class YesOrNo(fields.Field[bool]):
    """true or false, and nothing that resembles them."""

    def __init__(self, **more: Any) -> None:  # noqa: ANN401
        super().__init__(metadata={"type": "boolean", **more.pop("metadata", {})}, **more)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> bool:  # noqa: ANN401
        if not isinstance(value, bool):
            raise ValidationError("this has to be true or false, without quotation marks")
        return value


class Day(fields.Field[date]):
    """A date of the calendar."""

    def __init__(self, **more: Any) -> None:  # noqa: ANN401
        super().__init__(metadata={"type": "string", "format": "date", **more.pop("metadata", {})}, **more)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> date:  # noqa: ANN401
        if not isinstance(value, str):
            raise ValidationError("this has to be a date, such as 2026-12-31")
        try:
            return read_date(value, attr or "")
        except InstantOutOfRange:
            raise ValidationError(f"{value} lies outside the years 1000 to 9998") from None
        except InstantMalformed:
            raise ValidationError(f"{value[:80]!r} is not a date: write one such as 2026-12-31") from None


class When(Text):
    """An instant as text; the organisation's zone, which a bare date needs, is known only later."""

    def __init__(self, **more: Any) -> None:  # noqa: ANN401
        kinds: list[dict[str, str]] = [{"type": "string", "format": each} for each in ("date-time", "date")]
        if more.get("allow_none"):
            kinds.append({"type": "null"})
        metadata = {"anyOf": kinds, **more.pop("metadata", {})}
        super().__init__(longest=64, pattern=LINE_PATTERN, shortest=1, **more)
        self.metadata = metadata


class OneOf(fields.Field[str]):
    """One of some words."""

    def __init__(self, words: tuple[str, ...], **more: Any) -> None:  # noqa: ANN401
        options = [*words, None] if more.get("allow_none") else list(words)
        super().__init__(metadata={"type": "string", "enum": options, **more.pop("metadata", {})}, **more)
        self.words = words

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:  # noqa: ANN401
        if not isinstance(value, str) or value not in self.words:
            raise ValidationError(f"this has to be one of: {', '.join(self.words)}")
        return value


class Several(fields.List[Any]):
    """A list of limited length, in the order given."""

    def __init__(self, each: fields.Field[Any], *, most: int = 1_000, **more: Any) -> None:  # noqa: ANN401
        super().__init__(each, metadata={"maxItems": most, **more.pop("metadata", {})}, **more)
        self.most = most

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> list[Any]:  # noqa: ANN401
        if not isinstance(value, list):
            raise ValidationError("this has to be a list: [...]")
        if len(value) > self.most:
            raise ValidationError(f"this has {len(value)} entries, more than {self.most}")
        return super()._deserialize(value, attr, data, **kwargs)  # type: ignore[no-untyped-call, unused-ignore]


class Named(fields.Dict):
    """An object of names and values, each limited."""

    def __init__(self, each: fields.Field[Any], *, most: int = 50, **more: Any) -> None:  # noqa: ANN401
        super().__init__(
            keys=Text(longest=KEY, pattern=KEY_PATTERN, shortest=1),
            values=each,
            metadata={"maxProperties": most, **more.pop("metadata", {})},
            **more,
        )
        self.most = most

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:  # noqa: ANN401
        if not isinstance(value, dict):
            raise ValidationError("this has to be an object: {...}")
        if len(value) > self.most:
            raise ValidationError(f"this has {len(value)} entries, more than {self.most}")
        return super()._deserialize(value, attr, data, **kwargs)  # type: ignore[no-untyped-call, unused-ignore]


class TextOrObject(fields.Field[Any]):
    """A key as text, or an object that names the thing by its parts."""

    def __init__(self, text: Text, nested: fields.Nested, **more: Any) -> None:  # noqa: ANN401
        kinds = [{"type": "string", "minLength": 1, "maxLength": text.longest}, {"type": "object"}]
        super().__init__(metadata={"anyOf": kinds, **more.pop("metadata", {})}, **more)
        self.text, self.nested = text, nested

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:  # noqa: ANN401
        if isinstance(value, dict):
            return self.nested.deserialize(value, attr, data, **kwargs)
        return self.text.deserialize(value, attr, data, **kwargs)
