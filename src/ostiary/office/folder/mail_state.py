"""What became of the mails to officers: who was told when, and what the relay last refused.

It stands in ``OFFICE/mail.json``. No address is in it, no count, and no word of the relay's.
"""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from ostiary.disk.durable import replace_file

_FILE = "mail.json"


@dataclass(frozen=True, slots=True)
class MailState:
    """What is remembered.

    Attributes:
        seen: by officer, the hour for which it was last looked whether something waits.
        taken_at: when the relay last took a mail; empty when it never did.
        failed_at: when it last failed; empty when nothing failed since it took one.
        fault: what was wrong then.
        strangers: how many addresses belong to nobody who is in office.
    """

    seen: dict[str, str] = field(default_factory=dict)
    taken_at: str = ""
    failed_at: str = ""
    fault: str = ""
    strangers: int = 0


def read_mail_state(root: Path) -> MailState:
    """Read what is remembered; nothing where no mail was ever due."""
    try:
        return MailState(**json.loads((root / _FILE).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return MailState()


def write_mail_state(root: Path, state: MailState) -> None:
    """Remember it, in one step that a crash cannot tear."""
    replace_file(root / _FILE, json.dumps(asdict(state), indent=1).encode())
