"""Real strategies, written in StratML by their owners, as elements: for what has to hold whatever people write."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

from domain.element import Element

KINDS = {
    "Vision": "vision",
    "Mission": "mission",
    "Value": "value",
    "Goal": "big_bet",
    "Objective": "priority",
    "PerformanceIndicator": "success_criterion",
}


def strategies(folder: Path) -> dict[str, tuple[str, tuple[Element, ...]]]:
    """Of each file the title, and its elements in the order in which they stand."""
    return {path.name: _read(path) for path in sorted(folder.glob("*.xml"))}


def _read(path: Path) -> tuple[str, tuple[Element, ...]]:
    root = ET.parse(path).getroot()  # noqa: S314 — files that lie beside the project, nobody's upload
    title = next((_text(each) for each in root.iter() if _name(each) == "Name" and _text(each)), path.stem)
    return title, tuple(_elements(root))


def _elements(root: ET.Element) -> Iterator[Element]:
    for number, each in enumerate(root.iter()):
        kind = KINDS.get(_name(each))
        said = " — ".join(
            _text(below)
            for below in each
            if _name(below) in ("Name", "Description", "OtherInformation", "MeasurementDimension") and _text(below)
        )
        if kind is not None and said:
            yield Element(id=f"{kind}-{number}", kind=kind, text=said)


def _name(each: ET.Element) -> str:
    return each.tag.rpartition("}")[2]


def _text(each: ET.Element) -> str:
    return " ".join("".join(each.itertext()).split())
