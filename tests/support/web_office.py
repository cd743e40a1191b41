"""People with browsers before a test office: enrolled, confirmed and signed in."""

import html
import re
from collections.abc import Collection
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.db import connections
from django.test import Client

from authenticator import Device
from officers import NEXT_DAY, accept_keys
from ostiary.faces.server.orm import Passkey
from ostiary.faces.server.people import add_person, confirm, print_of
from ostiary.faces.server.roles import Role
from ostiary.faces.server.site import Site
from ostiary.faces.start import open_site
from ostiary.office.cases.states import CaseState
from ostiary.office.cases.steps import waiting

AGENCY = "dhs-ice"


@dataclass
class Browser:
    """One person's browser and device."""

    site: Site
    role: Role | None = None
    name: str = ""
    agency: str = ""
    device: Device = field(default_factory=Device)
    client: Client = field(default_factory=lambda: Client(SERVER_NAME="localhost"))

    def get(self, path: str, **more):
        return self.client.get(path, secure=False, **more)

    def post(self, path: str, data=None, **more):
        return self.client.post(path, data or {}, secure=False, **more)

    def enrol(self) -> "Browser":
        """Be added by the administrator, open the link, and read the fingerprint aloud."""
        link = add_person(self.site, self.role, self.name, self.agency)
        path = link.removeprefix(self.site.address)
        page = self.get(path).content.decode()
        options = html.unescape(re.search(r'data-options="([^"]*)"', page)[1])
        challenge = re.search(r'"challenge": ?"([^"]*)"', options)[1]
        done = self.post(path, {"passkey": self.device.create(challenge)})
        assert done.status_code == 200, done.content
        shown = print_of(Passkey.objects.latest("id"))
        assert shown in done.content.decode()
        confirm(self.site, self.role, self.name, shown, self.agency)
        if self.role is Role.OFFICER:  # a passkey that stands beside a key file
            accept_keys(self.site.place())
        return self

    def sign_in(self) -> "Browser":
        """Sign in with the passkey."""
        done = self.try_sign_in()
        assert done.status_code == 302, done.content
        return self

    def try_sign_in(self):
        return self.post("/sign-in/", {"passkey": self.device.get(self.asked())})

    def step(self, number: int, step: str, element: str = "reason_specific", **more):
        """Take a step as the page's script does: sign the challenge of the button.

        A return is signed on its own page, which asks why.
        """
        page, fields = f"/cases/{number}/", {"element": element} if step == "found" else {}
        if step == "lacking":
            page, fields = f"{page}return/?element={element}", {"element": element, "why": "vague"}
        seen, challenge = self.seen(page), self.asked(page, step)
        signed = {"passkey": self.device.get(challenge), "seen": seen}
        return self.post(f"/cases/{number}/decide/", {"step": step, **fields, **signed, **more})

    def seen(self, path: str) -> str:
        """Read off a page the mark of the case that it shows."""
        return re.search(r'name="seen" value="([^"]+)"', self.get(path).content.decode())[1]

    def asked(self, path: str = "/sign-in/", which: str = "") -> str:
        """Read the challenge off a page: of the form, or of the button of this value."""
        page = self.get(path).content.decode()
        near = rf'value="{which}"[^>]*' if which else ""
        return re.search(rf'{near}data-challenge="([^"]+)"', page)[1]


def person(site: Site, role: Role, name: str, agency: str = "", device=None) -> Browser:
    """Give the browser of a person who has signed in."""
    return Browser(site, role, name, agency, device or Device()).enrol().sign_in()


@contextmanager
def opened(root: Path, day: date):
    """Open a test office for browsers of this process."""
    found = open_site(root, on=day)
    try:
        yield found
    finally:
        connections["default"].close()
        found.office.store.close()


@contextmanager
def opened_copy(served_office: Path, stores, folder: Path):
    """Open a copy of a served office for all tests of a module."""
    with opened(stores.copy(served_office, folder / "office").root, NEXT_DAY) as found:
        yield found


def untouched_case(site: Site, besides: Collection[int] = ()) -> int:
    """Give a case that waits for the word on its reason alone, and that nobody has touched."""
    for case, state in waiting(site.desk()):
        is_fresh = state is CaseState.AWAITS_DETERMINATION
        is_fresh = is_fresh and not case.determinations and not case.notes
        is_fresh = is_fresh and case.request.id not in besides
        if is_fresh and case.request.awaits == "reason_specific":
            return case.request.id
    raise LookupError


def requester_of(site: Site) -> str:
    """Name an officer of the agency who may ask and receive."""
    return next(name for agency, name in sorted(site.snapshot().officers) if agency == AGENCY)


def name_provider(office: Path, issuer: str, client: str, secret: str) -> None:
    """Let people sign in at a provider: write it into the office's settings."""
    (office / "provider-secret").write_text(f"{secret}\n")
    path = office / "office.toml"
    text = path.read_text()
    for setting, value in (
        ("issuer", issuer),
        ("client_id", client),
        ("client_secret_file", "provider-secret"),
    ):
        text = text.replace(f'\n{setting} = ""', f'\n{setting} = "{value}"')
    path.write_text(text)
