"""An office with answers out, and the browsers of agencies before it."""

from dataclasses import dataclass, replace
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile

from aftermath import answered, opened, receipt, recipients, signing_key
from ostiary.faces.server.roles import Role
from ostiary.faces.server.site import Site
from ostiary.verifying.answers.opening import OpenedAnswer
from ostiary.verifying.answers.receipts import How, ReceiptKind
from web_office import Browser, person


@dataclass(frozen=True)
class Answered:
    """One answered request, with its recipient who has opened the answer."""

    number: int
    agency: str
    officer: str
    key: object
    answer: OpenedAnswer

    @property
    def page(self) -> str:
        """Address of the request."""
        return f"/requests/{self.number}/"

    @property
    def receipts(self) -> str:
        """Address of its receipts."""
        return f"{self.page}receipts/"

    def receipt(self, **more) -> bytes:
        """Sign that the answer was opened."""
        return receipt(self.answer, self.officer, self.key, **more)

    def certificate(self, how: How = How.DESTROYED) -> bytes:
        """Certify what became of the answer."""
        return self.receipt(kind=ReceiptKind.DISPOSED, how=how)


def answers_out(office: Path, world: Path, *answers: str) -> list[Answered]:
    """Let answers leave; their first recipients open them and get signing keys."""
    found = []
    for request, path in answered(office, *answers).items():
        officer = recipients(office, request)[0]
        key, answer = signing_key(office, officer), opened(office, world, path, officer)
        said = answer.statement
        found.append(Answered(said.request_entry, said.agency, officer, key, answer))
    return found


def numbered(site: Site, found: list[Answered]) -> list[Answered]:
    """Give each its number in the office in place of its log entry."""
    numbers = site.office.store.numbers_of({one.number for one in found})
    return [replace(one, number=numbers[one.number]) for one in found]


def browser_of(site: Site, agency: str) -> Browser:
    """Sign an officer of an agency in."""
    name = next(name for of, name in sorted(site.snapshot().officers) if of == agency)
    return person(site, Role.REQUESTER, name, agency)


def give(browser: Browser, where: str, content: bytes, name: str = "receipt.json"):
    """Upload a receipt."""
    return browser.post(where, {"file": SimpleUploadedFile(name, content)})
