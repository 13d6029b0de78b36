"""The expression language of forms: XPath 1.0 with ODK's functions and JavaRosa's rules, compiled to closures."""

from __future__ import annotations

from gemba.forms.expressions.compiling import Compiled, compile_text, evaluate
from gemba.forms.expressions.context import Context, Handler, Nowhere, World
from gemba.forms.expressions.dialects import DIALECTS, JAVAROSA, WEB_FORMS, XPATH, Dialect
from gemba.forms.expressions.failing import Quit
from gemba.forms.expressions.moments import Moment
from gemba.forms.expressions.nodes import Node, parse_xml
from gemba.forms.expressions.parsing import parse
from gemba.forms.expressions.printing import write
from gemba.forms.expressions.values import Foreign, Scalar, Value, number_text, scalar, to_number, to_text, to_truth

__all__ = [
    "DIALECTS",
    "JAVAROSA",
    "WEB_FORMS",
    "XPATH",
    "Compiled",
    "Context",
    "Dialect",
    "Foreign",
    "Handler",
    "Moment",
    "Node",
    "Nowhere",
    "Quit",
    "Scalar",
    "Value",
    "World",
    "compile_text",
    "evaluate",
    "number_text",
    "parse",
    "parse_xml",
    "scalar",
    "to_number",
    "to_text",
    "to_truth",
    "write",
]
