"""What an office has published after a few days of work: two witnesses, two time-stamps, answers.

Everything in it was made by the programs that an office runs; nothing is written by hand.
"""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509

from authorities import Authority
from officers import approve_twice, desk_on, key_of
from ostiary.office.cases.steps import waiting
from ostiary.office.oversight.time_stamping import stamp
from ostiary.office.recovery.entering import at_work
from ostiary.office.release.release import release
from ostiary.verifying.answers.trust import read_trust
from ostiary.verifying.log.policies import Policy, quorum_of
from ostiary.verifying.log.reader import TileReader
from ostiary.verifying.log.sources import FolderSource, open_source
from ostiary.verifying.log.time_stamps import read_authorities
from ostiary.verifying.log.verify import LogReport, verify_log
from ostiary.verifying.log.vkeys import Signer
from witnesses import countersign, running, watch

ANSWERS = 4


@dataclass(frozen=True)
class PublishedOffice:
    """A published log, and what a careful auditor holds against it.

    Attributes:
        folder: the published log as it is today.
        yesterday: a copy of it as it was before the last work.
        keys: the log's verifier keys.
        policy: both witnesses must have cosigned.
        authorities: the time-stamp authority's certificate.
        signers: the log's keys, which only its keeper has.
        entries: every entry.
    """

    folder: Path
    yesterday: Path
    keys: tuple[str, ...]
    policy: Policy
    authorities: Sequence[x509.Certificate]
    signers: tuple[Signer, ...]
    entries: tuple[bytes, ...]

    @property
    def note(self) -> bytes:
        return (self.folder / "checkpoint").read_bytes()

    def audit(self, folder: Path) -> LogReport:
        """Verify a folder with all that the auditor has, today's checkpoint included."""
        with open_source(folder) as source:
            return verify_log(
                source,
                self.keys,
                self.note,
                every=True,
                policy=self.policy,
                authorities=self.authorities,
            )


def publish_office(office: Path, folder: Path, authority: Authority) -> PublishedOffice:
    """Let an office that has run its file work on, watched by witnesses and time-stamped."""
    with (
        running(watch(office, folder / "w1", "witness.example/w1")) as one,
        running(watch(office, folder / "w2", "witness.example/w2")) as two,
        authority.serving() as address,
    ):
        countersign(office, (one.url, one.keys[0].vkey), (two.url, two.keys[1].vkey), quorum=2)
        for _ in range(2):
            with at_work(office) as place:
                place.publish()
                stamp(place, address)
            shutil.rmtree(folder / "yesterday", ignore_errors=True)
            shutil.copytree(office / "accounting", folder / "yesterday")
            answer_some(office)
        policy = quorum_of([one.cosigner(0), two.cosigner(1)], 2)
    log = office / "accounting"
    with at_work(office) as place:
        signers = (place.signer, *place.beside)
        entries = tuple(place.store.entries_from(0))
    assert TileReader(FolderSource(log), len(entries)).entry(len(entries) - 1) == entries[-1]
    return PublishedOffice(
        log,
        folder / "yesterday",
        tuple(key.vkey for key in read_trust(log / "custodian.pub").logs),
        policy,
        read_authorities(authority.certificate.read_bytes(), where="root.pem"),
        signers,
        entries,
    )


def answer_some(office: Path) -> None:
    """Have some requests approved, and one refused by the second officer; answer the former."""
    with desk_on(office) as (place, desk):
        *cases, last = [case.request.request_id for case, _ in waiting(desk)][: ANSWERS + 1]
        for request in cases:
            approve_twice(desk, office, request)
        desk.determine(last, "anna", key_of(office, "anna"), found=True)
        desk.refuse(last, "cora", key_of(office, "cora"), why="not this one")
        release(place)
