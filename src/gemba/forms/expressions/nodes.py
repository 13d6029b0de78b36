"""The tree that expressions walk: a document of elements, attributes, texts, comments and instructions.

One small class serves the form definition, the answers being filled and the choice lists, so that an expression never
cares which of them it reads. Nodes of the answers also know their type and whether they are relevant.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from xml.parsers.expat import ExpatError, ParserCreate, XMLParserType

from gemba.errors import Refusal

DOCUMENT: Final = "document"
ELEMENT: Final = "element"
ATTRIBUTE: Final = "attribute"
TEXT: Final = "text"
COMMENT: Final = "comment"
INSTRUCTION: Final = "instruction"
NAMESPACE: Final = "namespace"

XML_NAMESPACE: Final = "http://www.w3.org/XML/1998/namespace"


class Node:
    """One node of a tree.

    `value` holds the text of attributes, texts, comments and instructions. `type` is the XForms type of an answer
    ("int", "date", ...), which decides how its text is read in comparisons; `relevant` is false while the answer (or
    a section around it) is hidden, and then expressions do not see it. `path` names an answer without the numbers of
    its repeats.
    """

    __slots__ = (
        "_by_name",
        "_typed",
        "attributes",
        "children",
        "kind",
        "name",
        "parent",
        "path",
        "prefix",
        "relevant",
        "spaces",
        "type",
        "uri",
        "value",
    )

    def __init__(self, kind: str, name: str = "", value: str = "", *, uri: str = "", prefix: str = "") -> None:
        self.kind = kind
        self.name = name
        self.uri = uri
        self.prefix = prefix
        self.value = value
        self.parent: Node | None = None
        self.children: list[Node] = []
        self.attributes: list[Node] = []
        self.spaces: dict[str, str] = {}
        self.type = ""
        self.path = ""
        self.relevant = True
        self._by_name: dict[str, list[Node]] | None = None
        self._typed: object = None

    def __repr__(self) -> str:
        return f"<{self.kind} {self.name or self.value[:20]!r}>"

    # -- reading

    def elements(self) -> list[Node]:
        """The child elements, in order."""
        return [child for child in self.children if child.kind == ELEMENT]

    def named(self, name: str) -> list[Node]:
        """The child elements of one local name, in order; quick because the names are indexed once."""
        if self._by_name is None:
            index: dict[str, list[Node]] = {}
            for child in self.children:
                if child.kind == ELEMENT:
                    index.setdefault(child.name, []).append(child)
            self._by_name = index
        return self._by_name.get(name, [])

    def first(self, name: str) -> Node | None:
        """The first child element of one local name."""
        found = self.named(name)
        return found[0] if found else None

    def attribute(self, name: str, uri: str | None = None) -> str | None:
        """The text of one attribute, by local name and, when given, namespace."""
        for each in self.attributes:
            if each.name == name and (uri is None or each.uri == uri):
                return each.value
        return None

    def text(self) -> str:
        """The string value as XPath defines it: the text of everything inside."""
        if self.kind not in {ELEMENT, DOCUMENT}:
            return self.value
        if not self.children:
            return ""
        if len(self.children) == 1 and self.children[0].kind == TEXT:
            return self.children[0].value
        return "".join(node.value for node in self.descendants() if node.kind == TEXT)

    def descendants(self) -> Iterator[Node]:
        """Every node below this one in document order (attributes are not children)."""
        for child in self.children:
            yield child
            if child.children:
                yield from child.descendants()

    def top(self) -> Node:
        """The root of the tree this node stands in."""
        node = self
        while node.parent is not None:
            node = node.parent
        return node

    # -- changing

    def append(self, child: Node) -> Node:
        """Put `child` last."""
        return self.insert(len(self.children), child)

    def insert(self, index: int, child: Node) -> Node:
        """Put `child` before the node that is now at `index`."""
        child.parent = self
        self.children.insert(index, child)
        self._by_name = None
        self._typed = None
        return child

    def remove(self, child: Node) -> None:
        """Take `child` out."""
        self.children.remove(child)
        child.parent = None
        self._by_name = None
        self._typed = None

    def write(self, text: str, typed: object = None) -> None:
        """Replace everything inside with `text`: how an answer is set. `typed` is its value when already known."""
        self.children = []
        self._by_name = None
        self._typed = typed
        if text:
            child = Node(TEXT, value=text)
            child.parent = self
            self.children.append(child)

    def dismantle(self) -> None:
        """Let go of everything below, which nobody needs any more: parents and children would keep one another."""
        for child in self.children:
            child.parent = None
            for attribute in child.attributes:
                attribute.parent = None
            if child.children:
                child.dismantle()

    def copy(self) -> Node:
        """A copy of this node and all below it, without a parent."""
        twin = Node(self.kind, self.name, self.value, uri=self.uri, prefix=self.prefix)
        twin.spaces = self.spaces
        twin.type = self.type
        twin.path = self.path
        for attribute in self.attributes:
            own = attribute.copy()
            own.parent = twin
            twin.attributes.append(own)
        for child in self.children:
            twin.append(child.copy())
        return twin


class _Builder:
    """Builds nodes as the parser reports them."""

    def __init__(self) -> None:
        self.document = Node(DOCUMENT)
        self._open = [self.document]
        self._declared: dict[str, str] = {}
        self._inherited = [{"xml": XML_NAMESPACE}]
        self._names: dict[tuple[str, str, int], tuple[str, str, str]] = {}

    def listen(self, parser: XMLParserType) -> None:
        """Take what `parser` reports; declared entities are refused, they can read files and fill the memory."""
        parser.buffer_text = True
        parser.StartNamespaceDeclHandler = self.start_ns
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.data
        parser.CommentHandler = self.comment
        parser.ProcessingInstructionHandler = self.pi
        parser.EntityDeclHandler = parser.UnparsedEntityDeclHandler = self.refuse
        parser.ExternalEntityRefHandler = parser.SkippedEntityHandler = self.refuse

    def refuse(self, *_what: object) -> bool:
        raise ValueError("it declares entities")

    def start_ns(self, prefix: str | None, uri: str | None) -> None:
        self._declared[prefix or ""] = uri or ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        spaces = self._inherited[-1]
        if self._declared:
            spaces = {**spaces, **self._declared}
            self._declared = {}
        self._inherited.append(spaces)
        node = self._qualified(ELEMENT, tag, spaces) if "}" in tag else Node(ELEMENT, tag)
        node.spaces = spaces
        for key, value in attributes.items():
            attribute = self._qualified(ATTRIBUTE, key, spaces) if "}" in key else Node(ATTRIBUTE, key)
            attribute.value = value
            attribute.parent = node
            node.attributes.append(attribute)
        self._put(node)
        self._open.append(node)

    def end(self, _tag: str) -> None:
        self._open.pop()
        self._inherited.pop()

    def data(self, text: str) -> None:
        siblings = self._open[-1].children
        if siblings and siblings[-1].kind == TEXT:
            siblings[-1].value += text
        elif len(self._open) > 1:
            self._put(Node(TEXT, value=text))

    def comment(self, text: str) -> None:
        self._put(Node(COMMENT, value=text))

    def pi(self, target: str, text: str | None = None) -> None:
        self._put(Node(INSTRUCTION, target, text or ""))

    def _put(self, node: Node) -> None:
        node.parent = parent = self._open[-1]
        parent.children.append(node)

    def _qualified(self, kind: str, tag: str, spaces: dict[str, str]) -> Node:
        """A node named `uri}local`, with a prefix that stands for the uri where it is."""
        key = kind, tag, id(spaces)
        found = self._names.get(key)
        if found is None:
            uri, _, local = tag.rpartition("}")
            fitting = [prefix for prefix, target in spaces.items() if target == uri and (prefix or kind == ELEMENT)]
            found = self._names[key] = (local, uri, "" if "" in fitting else (fitting[0] if fitting else ""))
        return Node(kind, found[0], uri=found[1], prefix=found[2])


def parse_xml(source: str | bytes) -> Node:
    """Read XML into a document node; entities and outside references are refused.

    Raises:
        Refusal: forms.broken_xml when the text is not well-formed XML.
    """
    builder = _Builder()
    parser = ParserCreate(namespace_separator="}")
    builder.listen(parser)
    try:
        parser.Parse(source, True)
    except (ExpatError, ValueError) as broken:
        raise Refusal("forms.broken_xml", reason=str(broken)) from broken
    return builder.document
