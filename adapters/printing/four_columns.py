"""The table of four columns as a page of HTML for print: landscape, without script, loading nothing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

Json = Any  # an answer as it is sent

STYLE = """
@page{size:A4 landscape;margin:12mm}
*{box-sizing:border-box}
body{font:10pt/1.35 system-ui,sans-serif;color:#111;background:#fff;margin:0 auto;max-width:273mm;padding:8mm}
h1{font-size:16pt;margin:0}
header p{margin:2pt 0 8pt;color:#444}
table{border-collapse:collapse;width:100%;table-layout:fixed}
thead{display:table-header-group}
tr{break-inside:avoid}
th,td{border:.5pt solid #888;padding:4pt 6pt;text-align:left;vertical-align:top;overflow-wrap:anywhere}
th{background:#eee}
td p{margin:0 0 3pt}
td ul{margin:0;padding-left:12pt}
small{color:#444;display:block}
.empty{color:#8a1c1c;background:#fbeeee;font-style:italic}
h2{font-size:11pt;margin:10pt 0 2pt}
footer{margin-top:8pt;color:#444}
@media print{body{max-width:none;padding:0}.empty,th{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
""".strip()

COLUMNS = ("Goals", "Substantiation", "Approach and tactics", "KPIs")
EMPTY = "<td class=empty>empty</td>"


def as_html(table: Json, title: str, subtitle: str, zone: ZoneInfo) -> str:
    """The page of an answer of `alignment/four-columns`, under a title and a line that says as of when it is.

    Instants are told as days and times of the organisation's zone.
    """
    head = "".join(f"<th scope=col>{name}</th>" for name in COLUMNS)
    body = "".join(map(_row, table["rows"])) or f"<tr>{EMPTY * 4}</tr>"
    empty = table["empty"]
    count = (
        f"{empty['all']} of {table['cells']} cells are empty: {empty['substantiation']} substantiation, "
        f"{empty['approach_and_tactics']} approach and tactics, {empty['kpis']} KPIs."
    )
    hidden = f" {table['hidden']} goals are not shown to you." if table["hidden"] else ""
    return (
        "<!doctype html><html lang=en><head><meta charset=utf-8>"
        "<meta name=viewport content='width=device-width,initial-scale=1'>"
        f"<title>{escape(title)}</title><style>{STYLE}</style></head><body>"
        f"<header><h1>{escape(title)}</h1><p>{escape(subtitle)}</p></header>"
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{_loose(table['loose_tactics'], zone)}"
        f"<footer>{count}{hidden}</footer></body></html>"
    )


def _row(row: Json) -> str:
    about = f"{row['level']}, {row['unit_name']}" if row["unit_name"] else row["level"]
    due = f", due {row['due']}" if row["due"] else ""
    goal = f"<td><p>{escape(row['title'])}</p><small>{escape(about + due)}</small></td>"
    approach = f"<p>{escape(row['approach'])}</p>" if row["approach"] else ""
    tactics = _list(escape(each["title"]) for each in row["tactics"])
    kpis = _list(map(_kpi, row["kpis"]))
    more = f"<small>{row['kpis_hidden']} not shown to you</small>" if row["kpis_hidden"] else ""
    cells = (row["substantiation"] and escape(row["substantiation"]), approach + tactics, kpis + more)
    return f"<tr>{goal}{''.join(f'<td>{each}</td>' if each else EMPTY for each in cells)}</tr>"


def _list(items: Iterable[str]) -> str:
    made = "".join(f"<li>{each}</li>" for each in items)
    return f"<ul>{made}</ul>" if made else ""


def _kpi(kpi: Json) -> str:
    stands = kpi["value"] if kpi["value"] is not None else "not measured"
    target = f", to {kpi['target']} {kpi['measured_in']}" if kpi["target"] is not None else ""
    due = f" by {kpi['due']}" if kpi["due"] else ""
    way = f"; {kpi['way']:g} % of the way" if kpi["way"] is not None else ""
    return f"{escape(kpi['title'])}<small>{escape(f'{stands}{target}{due}{way}')}</small>"


def _loose(tactics: Json, zone: ZoneInfo) -> str:
    if not tactics:
        return ""
    said = {"exception": "under exception", "expired": "its exception has expired", "none": "without exception"}
    shown = _list(
        escape(f"{each['title'] or 'not shown to you'}: {said[each['cover']]}")
        + (f"<small>expires {_when(each['expires'], zone)}</small>" if each["expires"] else "")
        for each in tactics
    )
    return f"<h2>Tactics that serve no goal</h2>{shown}"


def _when(instant: str, zone: ZoneInfo) -> str:
    """A day; with the time, where it is not the day's first instant."""
    local = datetime.fromisoformat(instant).astimezone(zone)
    return f"{local:%Y-%m-%d}" if local.time() == time() else f"{local:%Y-%m-%d %H:%M}"
