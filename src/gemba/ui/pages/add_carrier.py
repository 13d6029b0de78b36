"""Adding a way to headquarters: a folder, a stick, or a server."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from gemba import wording
from gemba.carriers.options import read
from gemba.errors import GembaError
from gemba.store.deliveries import Carrier
from gemba.ui.parts.buttons import Button, IconButton
from gemba.ui.parts.cards import Card
from gemba.ui.parts.entering import on_enter
from gemba.ui.parts.fields import Field
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.sight import bring_into_sight
from gemba.ui.services import Services
from gemba.work import carriers
from gemba.work.desk import Desk


class AddCarrier(Card):
    """The entry of a carrier; hidden until it is asked for.

    Args:
        services: of the window.
        parent: the owner.
    """

    added = Signal(str)
    """Name of the carrier that was added."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("Add a way"), look="inset", parent=parent)
        self._services = services
        self.name, self.url, self.password, self.options = QLineEdit(), QLineEdit(), QLineEdit(), QLineEdit()
        entries = {"name": self.name, "url": self.url, "password": self.password, "options": self.options}
        for name, entry in entries.items():
            entry.setObjectName(f"carrier.{name}")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self._name = Field(wording.text("&Name"), self.name, hint=wording.text("As you call it: stick, head office …"))
        self._url = Field(
            wording.text("&Where to"),
            self.url,
            hint=wording.text(
                "A folder or stick, or an address: sftp://user@server/folder, webdavs://server/folder, "
                "smb://server/share, s3://bucket, https://server (ODK Central, Kobo, Ona)."
            ),
        )
        browse = IconButton(
            "folder-open", wording.text("Choose a folder"), name="carrier.browse", run=self.browse, parent=self
        )
        across = QHBoxLayout()
        across.setSpacing(8)
        across.addWidget(self._url, 1)
        below = QVBoxLayout()
        below.addSpacing(self._url.label.sizeHint().height() + 4)
        below.addWidget(browse)
        below.addStretch(1)
        across.addLayout(below, 0)
        self._password = Field(
            wording.text("&Password"),
            self.password,
            hint=wording.text("Kept in the system's keyring, or sealed in the store; never shown again."),
        )
        self._options = Field(
            wording.text("&Options"),
            self.options,
            hint=wording.text(
                "Seldom needed; parted by semicolons: key_file=/home/me/key (SFTP), endpoint=https://…; key=… (S3), "
                "certificate=FILE, auth=digest, timeout=SECONDS."
            ),
        )
        self.automatic = QCheckBox(wording.text("Send this way by itself, whenever it is there"))
        self.automatic.setObjectName("carrier.automatic")
        self.automatic.setChecked(True)
        self.body.addWidget(self._name)
        self.body.addLayout(across)
        self.body.addWidget(self._password)
        self.body.addWidget(self._options)
        self.body.addWidget(self.automatic)
        flow = Flow()
        add = Button(wording.text("Add and test"), name="carrier.add", icon="plus", run=self.add, once=True)
        on_enter(add, *entries.values())
        flow.addWidget(add)
        flow.addWidget(Button(wording.text("Cancel"), name="carrier.cancel", look="quiet", run=self.hide))
        self.body.addLayout(flow)
        self.hide()

    @Slot()
    def begin(self) -> None:
        """Show the entry, empty."""
        for entry in (self.name, self.url, self.password, self.options):
            entry.clear()
        self._say("")
        self.show()
        bring_into_sight(self)
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def browse(self) -> None:
        """Ask for a folder."""
        folder = QFileDialog.getExistingDirectory(self, wording.text("Choose a folder or stick"))
        if folder:
            self.url.setText(folder)

    @Slot()
    def add(self) -> None:
        """Add the carrier; what is wrong is said beside the address."""
        self._say("")
        options = [each for each in self.options.text().split(";") if each.strip()]
        given = (self.name.text().strip(), self.url.text().strip(), self.password.text() or None, options)
        self._services.jobs.write(_add, *given, self.automatic.isChecked(), done=self._was_added, failed=self._refused)

    def _was_added(self, carrier: Carrier) -> None:
        self.password.clear()
        self.hide()
        self.added.emit(carrier.name)

    def _refused(self, error: GembaError) -> None:
        if "option" in error.code or error.code in {"carriers.bad_timeout", "carriers.bad_endpoint"}:
            self._options.say_problem(wording.sentence(error))
        else:
            self._say(wording.sentence(error))

    def _say(self, problem: str) -> None:
        at_name = bool(problem) and not self.name.text().strip()
        self._name.say_problem(problem if at_name else "")
        self._url.say_problem("" if at_name else problem)
        self._options.say_problem("")


def _add(desk: Desk, name: str, url: str, secret: str | None, said: list[str], automatic: bool) -> Carrier:  # noqa: FBT001 - as the job hands it over
    return carriers.add(desk, name, url, options=read(said), secret=secret, automatic=automatic)
