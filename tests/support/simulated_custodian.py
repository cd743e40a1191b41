"""A small custodian for the tests of answers: real keys, a real log tree, a real checkpoint.

It can also do what an honest custodian never does: seal any bytes, log any entry.
"""

from dataclasses import dataclass, field, replace
from datetime import date

from ostiary.domain.basis import Ground
from ostiary.domain.words import Status
from ostiary.verifying.answers import dsse, sealing
from ostiary.verifying.answers.answers import (
    OUTCOME_LABEL,
    STATEMENT_BLOCK,
    TAXPAYER_LABEL,
    assemble,
    seal,
)
from ostiary.verifying.answers.conditions import conditions_of_use
from ostiary.verifying.answers.parts import SealedPart
from ostiary.verifying.answers.sealing import Purpose
from ostiary.verifying.answers.statement import Statement, written
from ostiary.verifying.answers.trust import Trust
from ostiary.verifying.keys.files import fingerprint, new_opening_key, new_signing_key
from ostiary.verifying.log.canonical import canonical
from ostiary.verifying.log.checkpoints import sign_checkpoint
from ostiary.verifying.log.commitments import commit, field_salt
from ostiary.verifying.log.entries import make_entry
from ostiary.verifying.log.proofs import LogProof
from ostiary.verifying.log.tree import inclusion_proof, leaf_hash, tree_root
from ostiary.verifying.log.vkeys import Signer
from worded import worded

ORIGIN = "ostiary.invalid/office-one"
ALLOWED = frozenset({"address-confirmation"})
TELLS = ("period", "source")
RELEASED_ON = date(2025, 8, 20)
DISPOSE_BY = date(2026, 2, 20)
SALT = "00112233445566778899aabbccddeeff"
EARLIER_ENTRIES = 11
TAXPAYER = {Status.CONFIRMED: "P-000017", Status.NO_ANSWER: ""}


def digest(letter: str) -> str:
    return "sha256:" + letter * 64


@dataclass
class Custodian:
    profile: str = "modern"
    origin: str = ORIGIN
    officers: tuple[str, ...] = ("ice-officer-7",)
    entries: list[bytes] = field(default_factory=list)

    def __post_init__(self):
        self.release_key = new_signing_key(self.profile)
        self.log_key = new_signing_key(self.profile)
        self.opening_keys = {name: new_opening_key(self.profile) for name in self.officers}
        self.entries += [b"earlier entry %d" % number for number in range(EARLIER_ENTRIES)]

    @property
    def sealing_keys(self):
        return {name: key.public_key() for name, key in self.opening_keys.items()}

    @property
    def log_signer(self):
        return Signer(self.origin, self.log_key)

    @property
    def trust(self):
        return Trust(self.origin, self.log_signer.verifier, (self.release_key.public_key(),))

    def key_of(self, officer="ice-officer-7"):
        return self.opening_keys[officer]

    def statement(self, status=Status.CONFIRMED, **changes):
        said = Statement(
            answer_id="answer-1",
            origin=self.origin,
            agency="dhs-ice",
            agreement="treasury-dhs-2025",
            provision="/us/usc/t26/s6103/i/2",
            request_id="ICE-2025-000017",
            request=digest("a"),
            request_entry=3,
            status=status,
            items=("address-confirmation",),
            released_on=RELEASED_ON,
            decision=digest("d"),
            conditions=conditions_of_use(
                worded("/us/usc/t26/s6103/i/2"),
                recipients=self.officers,
                dispose_by=DISPOSE_BY,
                ai_notice_acknowledged=False,
            ),
            disposal=worded("/us/usc/t26/s6103/i/2").disposal,
            rests_on=(Ground(2023),) if status is Status.CONFIRMED else (),
        )
        return replace(said, **changes)

    def part(self, statement):
        return seal(
            statement, self.release_key, self.sealing_keys, allowed=ALLOWED, tells=TELLS, salt=SALT
        )

    def part_of(self, payload, *, signer=None, commitment="", origin="", answer_id="answer-1"):
        """Seal any bytes as if they were a statement."""
        envelope = dsse.envelop(payload, signer or self.release_key)
        content = canonical({"envelope": envelope, "salt": field_salt(SALT, "statement")})
        return self.part_with(
            content,
            commitment=commitment or commit(SALT, "statement", payload.decode()),
            origin=origin,
            answer_id=answer_id,
        )

    def part_with(
        self, content, *, commitment="sha256:" + "e" * 64, origin="", answer_id="answer-1"
    ):
        """Seal any content at all."""
        keys = tuple(sorted(self.sealing_keys.values(), key=fingerprint))
        purpose = Purpose("statement", origin or self.origin, answer_id)
        sealed = tuple(sealing.seal(content, key, purpose, block=STATEMENT_BLOCK) for key in keys)
        return SealedPart(origin or self.origin, answer_id, commitment, sealed, keys)

    def entry(self, part, stated, /, **changes):
        said = {
            "at": "2025-08-20T15:00:00Z",
            "of": stated.request_entry,
            "answer": part.answer_id,
            "agency": stated.agency,
            "on": stated.released_on.isoformat(),
            "outcome": commit(SALT, OUTCOME_LABEL, str(stated.status)),
            "taxpayer": commit(SALT, TAXPAYER_LABEL, TAXPAYER[stated.status]),
            "sealed": part.digest,
            "statement": part.commitment,
            "decision": stated.decision,
        }
        return make_entry("answer.released", **said | changes)

    def prove(self, entry, *, signer=None):
        """Append an entry and give its proof under a checkpoint that the log key signs."""
        self.entries.append(entry)
        leaves = [leaf_hash(one) for one in self.entries]

        def node(height, index):
            return tree_root(leaves[index << height : (index + 1) << height])

        index, size = len(leaves) - 1, len(leaves)
        checkpoint = sign_checkpoint(
            self.origin, size, tree_root(leaves), [signer or self.log_signer]
        )
        path = tuple(inclusion_proof(index, size, node))
        return LogProof(index, path, checkpoint.note).text()

    def answer(self, statement, *, part=None, entry=None, proof=None):
        part = part or self.part(statement)
        entry = entry or self.entry(part, statement)
        return assemble(part, entry, proof or self.prove(entry))

    def stated(self, statement):
        return written(statement, allowed=ALLOWED, tells=TELLS)
