"""Repairs of question types: other spellings, and the types of SurveyCTO, CHT, KoboToolbox, Ona and Survey123."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from gemba.forms.book import Book, Sheet
from gemba.forms.repairs.repair import Repair, cell, column, disabled, put
from gemba.forms.workbook import head
from gemba.wording import text

SELECTS = {
    "select_one_from_file": "select_one_from_file",
    "select_multiple_from_file": "select_multiple_from_file",
    "select_one_external": "select_one_external",
    "select_one": "select_one",
    "select_multiple": "select_multiple",
    "selectone": "select_one",
    "select-one": "select_one",
    "select_on": "select_one",
    "single_select": "select_one",
    "select_mutiple": "select_multiple",
    "select_multi": "select_multiple",
    "select_many": "select_multiple",
    "selectmultiple": "select_multiple",
    "select-multiple": "select_multiple",
    "multi_select": "select_multiple",
    "select_all": "select_multiple",
    "rank": "rank",
}
WORDS = {
    "calculation": "calculate",
    "calculated": "calculate",
    "calculate_here": "calculate",
    "number": "decimal",
    "numeric": "decimal",
    "float": "decimal",
    "double": "decimal",
    "string": "text",
    "str": "text",
    "textarea": "text",
    "tel": "text",
    "phone": "text",
    "phonenumber": "phonenumber",
    "devicephonenum": "phonenumber",
    "url": "text",
    "picture": "image",
    "sketch": "image",
    "signature": "image",
    "recording": "audio",
    "boolean": "acknowledge",
    "ack": "acknowledge",
    "date_time": "dateTime",
    "date-time": "dateTime",
    "qrcode": "barcode",
    "geo_point": "geopoint",
    "gps_point": "geopoint",
    "begin": "begin_group",
    "read-only": "note",
    "notes": "note",
    "comments": "hidden",
    "caseid": "hidden",
    "literacy_test": "text",
}
"""Types that mean the same or hold the same answers."""
UNASKED = re.compile(
    r"(?:text audit|audio audit|speed violations? \w+|sensor_\w+|start-geo\w+|background-\w+|duration)\b"
)
"""What a telephone of SurveyCTO records by itself while the form is filled: no answer comes of it here."""
CONTACT = re.compile(r"(?:db[:-]|contact\b|person\b|parent\b|clinic\b|health_center\b|district_hospital\b|user-)")
_LIST_BESIDE = {"select_from_list_name", "list_name", "choice_list", "itemset"}
"""Columns in which other tools name the list, apart from the type."""
_BLOCK = re.compile(r"(begin|end)[\s_-]*(group|repeat|loop|lgroup|looped group)\b[\s:]*(.*)", re.IGNORECASE | re.DOTALL)


def mend_types(book: Book) -> Iterator[Repair]:
    """Types that ODK XLSForms do not have, where one of theirs holds the same answers."""
    sheet = book.survey
    where = column(sheet, "type")
    if where is None:
        return
    for number, row in sheet.numbered():
        written = row.get(where, "")
        if not written or is_known(written) or disabled(sheet, row):
            continue
        for attempt in (_spelling, _block, _select, _dialect):
            found = attempt(sheet, row, written)
            if found is not None and is_known(found[0]):
                row[where] = found[0]
                yield Repair(sheet.name, number, where, found[1], written, found[0])
                break


def _spelling(_sheet: Sheet, _row: dict[str, str], written: str) -> tuple[str, str] | None:
    """Capitals and spaces apart, a type of XLSForm."""
    plain = " ".join(written.split())
    first, space, rest = plain.partition(" ")
    for candidate in (plain, plain.lower(), plain.lower().replace(" ", "_"), f"{first.lower()}{space}{rest}"):
        if is_known(candidate):
            return candidate, text("The type is written as XLSForm writes it.")
    return None


def _block(sheet: Sheet, row: dict[str, str], written: str) -> tuple[str, str] | None:
    found = _BLOCK.fullmatch(written.strip())
    if found is None:
        return None
    kind = f"{found[1].lower()}_{'repeat' if found[2].lower() in {'lgroup', 'looped group'} else found[2].lower()}"
    if found[3] and found[1].lower() == "begin" and not cell(sheet, row, "name") and re.fullmatch(r"\w+", found[3]):
        put(sheet, row, "name", found[3])
    return kind, text("The type is written as XLSForm writes it.")


def _select(sheet: Sheet, row: dict[str, str], written: str) -> tuple[str, str] | None:
    """A select whose first word is spelt otherwise; the list and "or other" stay."""
    words = written.replace("\t", " ").split()
    beside = next((row[each] for each in sheet.columns if head(each) in _LIST_BESIDE and each in row), "")
    if beside and len(words) == 1 and " " not in beside:
        words.append(beside)
    for count in (3, 2, 1):
        said = "_".join(words[:count]).lower().removesuffix("_from").removesuffix("_using")
        if said in SELECTS and len(words) > count:
            rest = words[count:]
            other = (
                " or_other"
                if "_".join(rest[1:]).lower().replace("-", "_") in {"or_other", "or_specify_other", "other"}
                else ""
            )
            if other or len(rest) == 1:
                return f"{SELECTS[said]} {rest[0]}{other}", text("The type is written as XLSForm writes it.")
    return None


def _dialect(sheet: Sheet, row: dict[str, str], written: str) -> tuple[str, str] | None:
    said = " ".join(written.split()).lower()
    plain = said.replace(" ", "_")
    if plain in WORDS:
        found = WORDS[plain]
        if plain == "tel" and not cell(sheet, row, "appearance"):
            put(sheet, row, "appearance", "numbers")
        if plain == "signature" and not cell(sheet, row, "appearance"):
            put(sheet, row, "appearance", "signature")
        if found == "calculate" and not cell(sheet, row, "calculation"):
            return None
        if found == "hidden":
            return found, text(
                "The telephone's own record: it is kept as an empty answer, so that what names it works."
            )
        return found, text("Another tool's name of this type.")
    if UNASKED.match(said):
        return "hidden", text("The telephone's own record: it is kept as an empty answer, so that what names it works.")
    if CONTACT.match(said):
        return "text", text("A choice from another program's contacts: it is typed here.")
    return None


def is_known(written: str) -> bool:
    """Whether pyxform knows the type."""
    return _known()(written.strip())


@lru_cache(maxsize=1)
def _known() -> Callable[[str], bool]:
    from pyxform import aliases
    from pyxform.question_type_dictionary import QUESTION_TYPE_DICT
    from pyxform.xls2json import RE_BEGIN_CONTROL, RE_END_CONTROL, RE_OSM, RE_SELECT

    words = {*QUESTION_TYPE_DICT, *aliases.settings_header, *aliases._type_alias_map, "audit", "range", "text"}  # noqa: SLF001 - the one list there is
    words -= {"select one", "select all that apply", "q select", "q select1", "rank", "select one external"}
    patterns = (RE_BEGIN_CONTROL, RE_END_CONTROL, RE_SELECT, RE_OSM)
    return lambda written: written in words or any(pattern.match(written) for pattern in patterns)
