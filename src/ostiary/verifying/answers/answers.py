"""The answer file (``.answer``): one JSON text that can only be opened together with its proof.

It is made in two steps, because the log entry must hold the digest of what was sealed, and the
proof must hold the log entry:

1. :func:`seal` signs the statement and seals it to each recipient. Its ``digest`` and its
   ``commitment`` go into the log entry ``answer.released``.
2. When the entry stands in the log, :func:`assemble` adds the entry and its proof of inclusion.

The entry says which agency's request was answered, when and by which decision. So it is sealed and
padded like the statement: from the file alone, nobody but the recipients learns any of it, and a
file that confirms and one that gives no answer look the same.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from ostiary.domain.errors import NotAllowedError
from ostiary.verifying.answers import dsse, sealing
from ostiary.verifying.answers.faults import AnswerFormatError, EntryMismatchError, UnprovenError
from ostiary.verifying.answers.parts import SealedPart, read_sealed, sealed_digest, sealed_json
from ostiary.verifying.answers.sealing import Purpose, Sealed
from ostiary.verifying.answers.statement import Statement, written
from ostiary.verifying.answers.wire import (
    NAME,
    UnreadableError,
    closed,
    exactly,
    matching,
    natural,
    read_json,
)
from ostiary.verifying.keys.files import SealingKey, SigningKey, fingerprint
from ostiary.verifying.log.canonical import canonical
from ostiary.verifying.log.checkpoints import unverified_checkpoint
from ostiary.verifying.log.commitments import commit, field_salt, new_salts
from ostiary.verifying.log.entries import Entry, read_entry
from ostiary.verifying.log.faults import CanonicalFormError, EntryError, NoteError, ProofError
from ostiary.verifying.log.proofs import LogProof, read_proof
from ostiary.verifying.log.tree import leaf_hash, verify_inclusion

FORMAT = "ostiary-answer/1"
RELEASED = "answer.released"
# The labels of the entry's commitments. The recipients get the salt of the statement; the salts of
# the other two are shown to auditors alone.
STATEMENT_LABEL = "statement"
OUTCOME_LABEL = "outcome-released"
TAXPAYER_LABEL = "taxpayer"
MOST_BYTES = 4 * 1024 * 1024
STATEMENT_BLOCK = 8192  # one block holds the statement, whatever the ids; see tests/attacks
ENTRY_BLOCK = 2048
_LONGEST_PROOF = 1_000_000
_FIELDS = ("format", "origin", "answer_id", "index", "sealed", "entry", "proof")


@dataclass(frozen=True, slots=True)
class AnswerFile:
    """An answer file, read. Nothing in it is to be believed yet.

    Attributes:
        origin: the custodian's log origin.
        answer_id: the answer.
        index: number of the log entry that released it.
        sealed: the signed statement, sealed to each recipient.
        entry: the log entry, sealed to each recipient.
        proof: that the entry stands in the log under that number.
    """

    origin: str
    answer_id: str
    index: int
    sealed: tuple[Sealed, ...]
    entry: tuple[Sealed, ...]
    proof: LogProof

    def purpose(self, part: str) -> Purpose:
        """Say what a ciphertext of this file must have been sealed for."""
        return Purpose(part, self.origin, self.answer_id)


def seal(
    statement: Statement,
    signer: SigningKey,
    recipients: Mapping[str, SealingKey],
    *,
    allowed: Collection[str],
    tells: Collection[str] = (),
    salt: str = "",
) -> SealedPart:
    """Sign a statement and seal it to each of its recipients.

    Args:
        statement: what is to be said.
        signer: the custodian's release key.
        recipients: key of each recipient, by officer id; exactly those whom the conditions name.
        allowed: the items that the provision and the agreement both list.
        tells: what both let an answer tell of what it rests on, and of items on file.
        salt: 32 hex digits that the custodian keeps to open the commitment later, until they are
            destroyed on schedule. Drawn anew, and kept by the recipients alone, when empty.

    Raises:
        NotAllowedError: an item is not allowed, a field is not of its form, a recipient is not
            named in the conditions or has no key of their own.
    """
    payload = written(statement, allowed=allowed, tells=tells)
    keys = _ordered_keys(statement, recipients)
    salt = salt or new_salts(1)[0]
    content = canonical(
        {
            "envelope": dsse.envelop(payload, signer),
            "salt": field_salt(salt, STATEMENT_LABEL),
        }
    )
    purpose = Purpose("statement", statement.origin, statement.answer_id)
    return SealedPart(
        origin=statement.origin,
        answer_id=statement.answer_id,
        commitment=commit(salt, STATEMENT_LABEL, payload.decode()),
        sealed=tuple(sealing.seal(content, key, purpose, block=STATEMENT_BLOCK) for key in keys),
        keys=keys,
    )


def assemble(part: SealedPart, entry: bytes, proof: str) -> bytes:
    """Put the answer file together. What could not be opened is not written.

    Args:
        part: what :func:`seal` gave.
        entry: the log entry ``answer.released``, byte for byte.
        proof: C2SP tlog-proof of that entry.

    Raises:
        EntryMismatchError: the entry is not about this part.
        UnprovenError: the proof is malformed, of another log, or not of this entry.
    """
    read = read_released(entry, part.answer_id, part.sealed)
    if read["statement"] != part.commitment:
        raise EntryMismatchError("the log entry commits to another statement")
    index = _provable(part.origin, entry, proof)
    purpose = Purpose("entry", part.origin, part.answer_id)
    sealed_entry = tuple(sealing.seal(entry, key, purpose, block=ENTRY_BLOCK) for key in part.keys)
    return canonical(
        {
            "format": FORMAT,
            "origin": part.origin,
            "answer_id": part.answer_id,
            "index": index,
            "sealed": sealed_json(part.sealed),
            "entry": sealed_json(sealed_entry),
            "proof": proof,
        }
    )


def read_answer(raw: bytes) -> AnswerFile:
    """Read an answer file's form; nothing is verified.

    Raises:
        AnswerFormatError: it is no answer file of this version.
    """
    try:
        read = closed(read_json(raw, most=MOST_BYTES), _FIELDS, "an answer")
        exactly(read["format"], FORMAT, "format")
        answer = AnswerFile(
            origin=matching(read["origin"], NAME, "origin"),
            answer_id=matching(read["answer_id"], NAME, "answer_id"),
            index=natural(read["index"], "index"),
            sealed=read_sealed(read["sealed"], "sealed"),
            entry=read_sealed(read["entry"], "entry"),
            proof=_proof(read["proof"]),
        )
    except (UnreadableError, ProofError) as error:
        raise AnswerFormatError(str(error)) from None
    if [one.recipient for one in answer.sealed] != [one.recipient for one in answer.entry]:
        raise AnswerFormatError("statement and entry are sealed to different recipients")
    return answer


def read_released(raw: bytes, answer_id: str, sealed: tuple[Sealed, ...]) -> Entry:
    """Read a log entry that must release exactly these ciphertexts as this answer.

    Raises:
        EntryMismatchError: it is no such entry, or of another answer.
    """
    try:
        entry = read_entry(raw)
    except (CanonicalFormError, EntryError) as error:
        raise EntryMismatchError(str(error)) from None
    if entry.type != RELEASED:
        raise EntryMismatchError("the log entry does not release an answer")
    if entry["answer"] != answer_id:
        raise EntryMismatchError("the log entry releases another answer")
    if entry["sealed"] != sealed_digest(sealed):
        raise EntryMismatchError("the log entry releases other sealed content")
    return entry


def _ordered_keys(
    statement: Statement, recipients: Mapping[str, SealingKey]
) -> tuple[SealingKey, ...]:
    """Check that the answer goes to those it names (26 USC 6103(i)(2)(A)), each with a key."""
    if set(recipients) != set(statement.conditions.recipients):
        raise NotAllowedError(
            "the keys given are not those of the recipients named in the conditions",
            cure="give one key for each recipient named, and no other",
        )
    by_fingerprint = {fingerprint(key): key for key in recipients.values()}
    if len(by_fingerprint) != len(recipients):
        raise NotAllowedError(
            "two recipients share one key", cure="register a key of their own for each"
        )
    return tuple(by_fingerprint[name] for name in sorted(by_fingerprint))


def _provable(origin: str, entry: bytes, proof: str) -> int:
    try:
        read = read_proof(proof)
        checkpoint = unverified_checkpoint(read.checkpoint)
        verify_inclusion(
            leaf_hash(entry), read.index, checkpoint.size, read.hashes, checkpoint.root
        )
    except (ProofError, NoteError) as error:
        raise UnprovenError(str(error)) from None
    if checkpoint.origin != origin:
        raise UnprovenError("the proof is of another log")
    return read.index


def _proof(value: object) -> LogProof:
    if not isinstance(value, str) or len(value) > _LONGEST_PROOF:
        raise UnreadableError("proof must be a C2SP tlog-proof")
    return read_proof(value)
