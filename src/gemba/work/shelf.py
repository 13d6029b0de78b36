"""Forms that were read lately, because reading a large one takes longer than answering it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from gemba.forms.definition import Form
from gemba.forms.reading import parse


class Shelf:
    """Keeps the last few forms by the hash of their XForm; shared by the threads of one desk."""

    def __init__(self, room: int = 8) -> None:
        self._forms: OrderedDict[str, Form] = OrderedDict()
        self._room = room
        self._lock = Lock()

    def form(self, sha256: str, fetch: Callable[[], bytes]) -> Form:
        """The form whose XForm has this hash; fetched and read now if it is not on the shelf."""
        with self._lock:
            if sha256 in self._forms:
                self._forms.move_to_end(sha256)
                return self._forms[sha256]
        form = parse(fetch().decode("utf-8"), name=sha256)
        with self._lock:
            self._forms[sha256] = form
            while len(self._forms) > self._room:
                self._forms.popitem(last=False)
        return form
