"""The readable page of the API, made from its OpenAPI document: one file, no script, nothing fetched from outside."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

Document = Mapping[str, Any]  # JSON

STYLE = """
:root { color-scheme: light dark; --line: #8884; --soft: #8881; --accent: #0a58ca; }
* { box-sizing: border-box }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0; display: grid; grid-template-columns: 17rem minmax(0, 1fr) }
nav { position: sticky; top: 0; height: 100vh; overflow: auto; padding: 1rem; border-right: 1px solid var(--line);
  font-size: .875rem }
nav ul { list-style: none; margin: 0 0 1rem; padding: 0 } nav a { text-decoration: none; overflow-wrap: anywhere }
main { padding: 1rem 2rem 4rem; max-width: 60rem }
a { color: var(--accent) } code { font: .9em ui-monospace, monospace; overflow-wrap: anywhere }
section { border-top: 1px solid var(--line); margin-top: 1.5rem; padding-top: .5rem }
h3 { display: flex; gap: .6rem; align-items: baseline; flex-wrap: wrap; font-size: 1.05rem }
.method { font: 700 .75rem ui-monospace, monospace; border: 1px solid currentColor; border-radius: .25rem;
  padding: .1rem .4rem }
table { border-collapse: collapse; width: 100%; font-size: .9rem; margin: .5rem 0 }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid var(--soft) }
th { font-weight: 600 } td:first-child { white-space: nowrap } pre { background: var(--soft); padding: .6rem;
  overflow: auto; border-radius: .25rem; font-size: .85rem } details { margin: .4rem 0 } .soft { opacity: .75 }
.notice { grid-column: 1 / -1; margin: 0; padding: .5rem 1rem; background: #7a2e00; color: #fff; font-weight: 600 }
@media (max-width: 60rem) { body { display: block } nav { position: static; height: auto } }
@media print { nav { display: none } body { display: block } details { display: block } }
"""

METHODS = ("get", "post")


def page(document: Document, notice: str = "") -> str:
    """The whole page as HTML; a notice stands above all else."""
    operations = list(_operations(document))
    info = document["info"]
    return (
        "<!doctype html><html lang=en><head><meta charset=utf-8>"
        "<meta name=viewport content='width=device-width,initial-scale=1'>"
        f"<title>{escape(info['title'])}</title><style>{STYLE}</style></head><body>"
        f"{f'<p role=note class=notice>{_text(notice)}</p>' if notice else ''}"
        f"<nav aria-label=Contents><p><strong>{escape(info['title'])}</strong> {escape(info['version'])}</p>"
        f"{''.join(_contents(document, operations))}</nav><main><h1>{escape(info['title'])}</h1>"
        f"{_paragraphs(info.get('description', ''))}"
        "<p>The same as a document for machines: <a href=/openapi.json>/openapi.json</a> (OpenAPI 3.1).</p>"
        f"{''.join(_tags(document, operations))}<h2 id=shapes>Shapes</h2>{''.join(_shapes(document))}"
        "</main></body></html>"
    )


def _operations(document: Document) -> Iterator[tuple[str, str, Document]]:
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                shared = item.get("parameters", [])
                yield method, path, {**item[method], "parameters": [*shared, *item[method].get("parameters", [])]}


def _contents(document: Document, operations: list[tuple[str, str, Document]]) -> Iterator[str]:
    for tag in document.get("tags", []):
        yield f"<strong>{escape(tag['name'])}</strong><ul>"
        for _, _, operation in operations:
            if tag["name"] in operation.get("tags", []):
                yield f"<li><a href='#{operation['operationId']}'>{_text(operation.get('summary', ''))}</a></li>"
        yield "</ul>"


def _tags(document: Document, operations: list[tuple[str, str, Document]]) -> Iterator[str]:
    for tag in document.get("tags", []):
        yield f"<h2>{escape(tag['name'])}</h2><p>{_text(tag.get('description', ''))}</p>"
        for method, path, operation in operations:
            if tag["name"] in operation.get("tags", []):
                yield _operation(document, method, path, operation)


def _operation(document: Document, method: str, path: str, operation: Document) -> str:
    return (
        f"<section id='{operation['operationId']}'><h3><span class=method>{method.upper()}</span>"
        f"<code>{escape(path)}</code></h3><p><strong>{_text(operation.get('summary', ''))}</strong></p>"
        f"{_paragraphs(operation.get('description', ''))}{_parameters(document, operation['parameters'])}"
        f"{_body(document, operation)}{_responses(document, operation['responses'])}</section>"
    )


def _parameters(document: Document, parameters: list[Document]) -> str:
    rows = []
    for each in (_resolved(document, parameter) for parameter in parameters):
        need = "" if each.get("required") else " <span class=soft>optional</span>"
        rows.append(
            f"<tr><td><code>{escape(each['name'])}</code>{need}</td><td>{escape(each['in'])}</td>"
            f"<td>{_type(each.get('schema', {}))}</td><td>{_text(each.get('description', ''))}</td></tr>"
        )
    if not rows:
        return ""
    return f"<table><tr><th>parameter<th>where<th>type<th>meaning</tr>{''.join(rows)}</table>"


def _body(document: Document, operation: Document) -> str:
    content = operation.get("requestBody", {}).get("content", {}).get("application/json")
    if content is None:
        return ""
    schema = _resolved(document, content["schema"])
    example = {
        name: field["examples"][0]
        for name, field in schema.get("properties", {}).items()
        if field.get("examples") and (name in schema.get("required", []) or name == "at")
    }
    shown = f"<pre>{escape(json.dumps(example, indent=1, ensure_ascii=False))}</pre>" if example else ""
    return f"<p>Body (<code>application/json</code>)</p>{_fields(schema)}{shown}"


def _fields(schema: Document) -> str:
    if schema.get("type") != "object" or not schema.get("properties"):
        return f"<p>{_type(schema)}</p>"
    rows = []
    for name, field in schema["properties"].items():
        need = "" if name in schema.get("required", []) else " <span class=soft>optional</span>"
        rows.append(
            f"<tr><td><code>{escape(name)}</code>{need}</td><td>{_type(field)}</td>"
            f"<td>{_text(field.get('description', ''))}</td></tr>"
        )
    return f"<table><tr><th>field<th>type<th>meaning</tr>{''.join(rows)}</table>"


def _responses(document: Document, responses: Document) -> str:
    rows = "".join(
        f"<tr><td>{escape(status)}</td><td>{escape(_resolved(document, each).get('description', ''))}"
        f"{_answer(document, _resolved(document, each))}</td></tr>"
        for status, each in sorted(responses.items())
    )
    return f"<details><summary>Replies</summary><table>{rows}</table></details>"


def _answer(document: Document, response: Document) -> str:
    content = response.get("content", {}).get("application/json")
    return f": {_type(content['schema'])}" if content else ""


def _shapes(document: Document) -> Iterator[str]:
    for name, schema in sorted(document["components"]["schemas"].items()):
        about = _text(schema.get("description", ""))
        words = "".join(f" <code>{escape(str(each))}</code>" for each in schema.get("enum", []))
        title = f"<section id='shape-{escape(name)}'><h3>{escape(name)}</h3>"
        yield f"{title}<p>{about}{words}</p>{_fields(schema)}</section>"


def _type(schema: Document) -> str:
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"<a href='#shape-{escape(name)}'>{escape(name)}</a>"
    for several in ("anyOf", "oneOf", "allOf"):
        if several in schema:
            return " or ".join(_type(each) for each in schema[several])
    if "enum" in schema:
        return " | ".join(f"<code>{escape(str(each))}</code>" for each in schema["enum"])
    if "const" in schema:
        return f"<code>{escape(str(schema['const']))}</code>"
    kind = schema.get("type", "anything")
    text = " or ".join(kind) if isinstance(kind, list) else str(kind)
    if text.startswith("array"):
        return f"list of {_type(schema.get('items', {}))}"
    if text.startswith("object") and isinstance(schema.get("properties"), Mapping) and "answer" in schema["properties"]:
        return f"answer: {_type(schema['properties']['answer'])}"
    return escape(f"{text} ({schema['format']})" if "format" in schema else text)


def _resolved(document: Document, item: Document) -> Document:
    while "$ref" in item:
        found: Any = document
        for part in item["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        item = found
    return item


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{_text(each)}</p>" for each in text.split("\n\n") if each.strip())


def _text(text: str) -> str:
    """Words, with what stands between back-ticks set as code."""
    return re.sub("`([^`]+)`", r"<code>\1</code>", escape(text))
