"""The lines of a history file, plain or gzip, one at a time in bounded memory; damage is told with its line number."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import DEFAULT_BUFFER_SIZE, BufferedReader
from pathlib import Path
from typing import IO, cast

from domain.kernel import Refusal, RefusalKind

LONGEST = 1 << 20
"""How many bytes a line may have, its end included."""
GZIP = b"\x1f\x8b"
MARK = b"\xef\xbb\xbf"
# A string of JSON can hold a NUL in these two spellings only; PostgreSQL and most readers of text stop at one.
NULS = (b"\x00", b"\\u0000")


@dataclass(eq=False)
class LineTooLong(Refusal):
    """A line beyond the limit, which would have to be held in memory whole."""

    longest: int = LONGEST
    kind = RefusalKind.INVALID
    where = "line"
    rule = "the line is longer than {longest} bytes"
    way_out = "one fact a line: check that line ends were not lost; else shorten its texts"


@dataclass(eq=False)
class NotText(Refusal):
    """Bytes that are no UTF-8."""

    byte: int
    kind = RefusalKind.INVALID
    where = "line"
    rule = "the line is not UTF-8 from its byte {byte} on"
    way_out = "save the file as UTF-8"


@dataclass(eq=False)
class ByteOrderMark(Refusal):
    """An editor's mark at the start of the file."""

    kind = RefusalKind.INVALID
    where = "line"
    rule = "the file begins with a byte order mark"
    way_out = "save the file as UTF-8 without a byte order mark"


@dataclass(eq=False)
class HoldsNul(Refusal):
    """A NUL character, which no text can hold."""

    kind = RefusalKind.INVALID
    where = "line"
    rule = "the line holds a NUL character"
    way_out = "remove it; if there are many, the file is binary, or was saved as UTF-16"


@dataclass(eq=False)
class FileDamaged(Refusal):
    """A compressed file that ends too early or does not unpack. What follows is unknown, so nothing is imported."""

    line: int
    problem: str
    kind = RefusalKind.INVALID
    where = "file"
    rule = "the file cannot be unpacked after line {line}: {problem}"
    way_out = "copy or download it again, and compare its size; nothing was recorded"


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it stands in the file, without its end: its number from 1, its bytes, and what is wrong with it."""

    number: int
    content: bytes
    refusal: Refusal | None = None
    last: bool = False
    """Whether the file ends here without a line end, as a file that was cut off does."""


def read_lines(path: Path, progress: Callable[[int], None] = lambda _: None) -> Iterator[Line]:
    """The lines of the file that are not blank. `progress` is told how many bytes of the file were read so far.

    Raises OSError for a file that cannot be opened or read, FileDamaged for gzip that is cut off or broken.
    """
    with path.open("rb") as file:
        packed = file.peek(2)[:2] == GZIP
        number = 0
        try:
            stream = cast("IO[bytes]", gzip.GzipFile(fileobj=file) if packed else file)
            for number, line in enumerate(_physical(stream), start=1):
                if number % 256 == 0:
                    progress(file.tell())
                if line.content or line.refusal:
                    yield Line(number, line.content, line.refusal or _refusal(line.content, number), line.last)
            progress(file.tell())
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise FileDamaged(number, str(error)) from error


def _physical(stream: IO[bytes]) -> Iterator[Line]:
    reader = stream if isinstance(stream, BufferedReader) else _buffered(stream)
    while content := reader.readline(LONGEST + 1):
        if content.endswith(b"\n") or len(content) <= LONGEST:
            yield Line(0, content.strip(b" \t\r\n"), last=not content.endswith(b"\n"))
            continue
        beginning = content[:200]
        while content and not content.endswith(b"\n"):
            content = reader.readline(LONGEST)
        yield Line(0, beginning, LineTooLong())


def _buffered(stream: IO[bytes]) -> IO[bytes]:
    return cast("IO[bytes]", BufferedReader(cast("gzip.GzipFile", stream), DEFAULT_BUFFER_SIZE * 8))


def _refusal(content: bytes, number: int) -> Refusal | None:
    if number == 1 and content.startswith(MARK):
        return ByteOrderMark()
    if any(nul in content for nul in NULS) and _has_nul(content):
        return HoldsNul()
    if not content.isascii():
        try:
            content.decode()
        except UnicodeDecodeError as error:
            return NotText(error.start + 1)
    return None


def _has_nul(content: bytes) -> bool:
    # `\\u0000` is a backslash and five characters, `\u0000` a NUL: only an odd number of backslashes escapes.
    if b"\x00" in content:
        return True
    at = content.find(b"\\u0000")
    while at >= 0:
        before = content[:at]
        if (len(before) - len(before.rstrip(b"\\"))) % 2 == 0:
            return True
        at = content.find(b"\\u0000", at + 1)
    return False
