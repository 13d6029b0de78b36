"""Lists of choices that live in files beside the form: CSV, XML or GeoJSON, read into the same tree as inner lists."""

from __future__ import annotations

import csv
import io
import json
import re
from html import unescape

from gemba.errors import Refusal
from gemba.forms.books.plain_text import decode, delimiter
from gemba.forms.expressions import Node, parse_xml
from gemba.forms.expressions.nodes import DOCUMENT, ELEMENT
from gemba.forms.still import uncollected


def outside_file(source: str) -> str:
    """The file name in an address such as `jr://file-csv/sites.csv`."""
    return source.rpartition("/")[2]


def read_outside(name: str, data: bytes | None) -> Node:
    """The rows of the file `name` as `root/item/column`; no rows when the file is not there.

    A CSV is read in whatever encoding it is in, with commas, semicolons or tabs.

    Raises:
        Refusal: forms.broken_list, when the file cannot be read at all; forms.broken_xml.
    """
    if data is None:
        return _table([])
    if name.lower().endswith(".xml"):
        return parse_xml(data)
    words, _ = decode(data)
    try:
        if name.lower().endswith(".geojson"):
            return _table([_feature(each) for each in json.loads(words).get("features", [])])
        with uncollected():
            return _table(_rows(words))
    except (ValueError, AttributeError, TypeError, csv.Error) as broken:
        raise Refusal("forms.broken_list", file=name, reason=str(broken)) from broken


def _rows(words: str) -> list[dict[str, str]]:
    reader = csv.DictReader(io.StringIO(words.replace("\0", ""), newline=""), delimiter=delimiter(words))
    return [{key: value or "" for key, value in row.items() if key} for row in reader]


def _feature(feature: dict[str, object]) -> dict[str, str]:
    geometry, properties = feature.get("geometry"), feature.get("properties")
    row = {key: str(value) for key, value in properties.items()} if isinstance(properties, dict) else {}
    row.setdefault("id", str(feature.get("id", "")))
    if isinstance(geometry, dict) and geometry.get("type") == "Point":
        longitude, latitude, *_ = geometry["coordinates"]
        row["geometry"] = f"{latitude} {longitude} 0 0"
    return row


def _table(rows: list[dict[str, str]]) -> Node:
    with uncollected():
        return _tree(rows)


def _tree(rows: list[dict[str, str]]) -> Node:
    document = Node(DOCUMENT)
    root = document.append(Node(ELEMENT, "root"))
    for row in rows:
        item = root.append(Node(ELEMENT, "item"))
        for column, value in row.items():
            item.append(Node(ELEMENT, column.strip())).write(value)
    return document


def outside_names(xform: str) -> tuple[str, ...]:
    """The names of the files from which a form takes lists, as its XForm tells them."""
    found = re.findall(r'src="(jr://file(?:-csv)?/[^"]+)"', xform)
    return tuple(dict.fromkeys(outside_file(each) for each in found))


def is_list(name: str) -> bool:
    """True for a file that may hold a list; other files are pictures, sounds and films that a form shows."""
    return name.lower().endswith((".csv", ".xml", ".geojson"))


def shown_names(xform: str) -> tuple[str, ...]:
    """The names of the pictures, sounds and films that a form shows beside its words, as its XForm tells them."""
    found = re.findall(r"jr://(?:images|audio|video)/([^<\"]+)", xform)
    return tuple(dict.fromkeys(unescape(each).strip() for each in found))
