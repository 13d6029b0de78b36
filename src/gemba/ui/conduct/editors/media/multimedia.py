"""Camera and microphone of the laptop, where there are any.

They need Qt's multimedia module, which is an extra of the program (`gemba[camera]`): it is imported when somebody asks
for it and never before, and where it is missing that is said in a sentence.
"""

from __future__ import annotations

import importlib
from types import ModuleType
from typing import Any

from gemba.errors import Refusal, Trouble

MODULE = "PySide6.QtMultimedia"


def multimedia() -> ModuleType:
    """Qt's multimedia module.

    Raises:
        Trouble: it is not installed, or a library that it needs is not there.
    """
    try:
        return importlib.import_module(MODULE)
    except ModuleNotFoundError as error:
        raise Trouble("conduct.no_multimedia") from error
    except ImportError as error:  # on Linux a library of the system, such as libpulse
        raise Trouble("conduct.multimedia_broken", why=str(error)) from error


def camera() -> Any:
    """The camera of this laptop.

    Raises:
        Trouble: the module is not installed.
        Refusal: there is no camera.
    """
    qt: Any = multimedia()
    found = qt.QMediaDevices.defaultVideoInput()
    if found.isNull():
        raise Refusal("conduct.no_camera")
    return qt.QCamera(found)


def microphone() -> Any:
    """The microphone of this laptop.

    Raises:
        Trouble: the module is not installed.
        Refusal: there is no microphone.
    """
    qt: Any = multimedia()
    found = qt.QMediaDevices.defaultAudioInput()
    if found.isNull():
        raise Refusal("conduct.no_microphone")
    return qt.QAudioInput(found)
