"""Forms that were read lately, because reading a large one takes longer than answering it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gemba.forms.definition import Form


class Shelf:
    """Keeps the last few forms by the hash of their XForm; shared by the threads of one desk."""

    def __init__(self, room: int = 8) -> None:
        self._forms: OrderedDict[str, Form] = OrderedDict()
        self._room = room
        self._lock = Lock()

    def form(self, sha256: str, fetch: Callable[[str], bytes], files: Mapping[str, str] | None = None) -> Form:
        """The form whose XForm has this hash; fetched and read now if it is not on the shelf.

        Args:
            sha256: hash of the XForm.
            fetch: gives the bytes of a hash.
            files: what stands beside the form, by file name, as hashes; of these its lists are read.
        """
        key = " ".join([sha256, *sorted((files or {}).values())])
        with self._lock:
            if key in self._forms:
                self._forms.move_to_end(key)
                return self._forms[key]
        from gemba.forms.lists import is_list  # only who asks for a form waits for all that reads one
        from gemba.forms.reading import parse

        lists = {name: fetch(each) for name, each in (files or {}).items() if is_list(name)}
        form = parse(fetch(sha256).decode("utf-8"), name=sha256, files=lists)
        with self._lock:
            self._forms[key] = form
            while len(self._forms) > self._room:
                self._forms.popitem(last=False)
        return form
