"""Going into a number."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from gemba.ui.lineage.behind import Behind, Kept


def show_behind(widget: QWidget, behind: Behind) -> None:
    """Go to what is behind a number; back leads to the widget's page again.

    Args:
        widget: that shows the number, anywhere on a page.
        behind: what is behind it.
    """
    page: Any = widget
    while page is not None:
        services = getattr(page, "services", None)
        if services is not None and isinstance(kept := getattr(services, "behind", None), Kept):
            services.go(*kept.way_to(behind))
            return
        page = page.parentWidget()
