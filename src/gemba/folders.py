"""Where a person's own things lie on this system (a leaf)."""

from __future__ import annotations

from pathlib import Path


def own_store() -> Path:
    """The folder of a person's own store, apart from the program, so that an update never touches it."""
    import platformdirs

    return platformdirs.user_data_path("gemba", appauthor=False) / "store"


def shared_laptop() -> Path:
    """The folder in which each person of a shared laptop has a folder with a store."""
    import platformdirs

    return platformdirs.user_data_path("gemba", appauthor=False) / "people"


def own_log() -> Path:
    """The folder for reports of mistakes in the program."""
    import platformdirs

    return platformdirs.user_log_path("gemba", appauthor=False)


def own_cache() -> Path:
    """The folder of what can be found out again; whoever clears it loses time and nothing else."""
    import platformdirs

    return platformdirs.user_cache_path("gemba", appauthor=False)


def own_documents() -> Path:
    """The folder that documents go to when no other is named."""
    import platformdirs

    return platformdirs.user_documents_path() / "Gemba"
