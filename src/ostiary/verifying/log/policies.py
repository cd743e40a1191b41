"""Whom to believe about a log (C2SP tlog-policy): its keys, its witnesses, and how many it takes.

A policy file is lines of ``log``, ``witness``, ``group`` and ``quorum``. A checkpoint is believed
when a listed log signed it and the quorum of witnesses cosigned it. Without a file, a policy is a
number of witness keys of which so many must have cosigned.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from ostiary.domain.errors import InputError, KeyFileError
from ostiary.verifying.log.faults import NoSignatureError, NoteError
from ostiary.verifying.log.notes import ValidSignature, open_note
from ostiary.verifying.log.vkeys import SignatureType, Verifier, read_vkey

NOBODY = "none"
MAX_POLICY = 1_000_000
"""Longest policy file in bytes."""

_MAX_LINES = 4096
_FORBIDDEN = re.compile(rb"[^\t\n\x20-\x7e\x80-\xff]")
_CURE = "see the C2SP specification tlog-policy"


@dataclass(frozen=True, slots=True)
class Witness:
    """One who cosigns checkpoints.

    Attributes:
        name: how the policy calls it.
        verifier: its key; of a type that signs cosignatures.
        url: where it takes checkpoints (the submission prefix of tlog-witness), when known.
    """

    name: str
    verifier: Verifier
    url: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Witnesses, or groups of them, of which ``threshold`` must have cosigned."""

    name: str
    threshold: int
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Policy:
    """Which logs, which witnesses, and which of them suffice.

    Attributes:
        logs: the logs' keys, each named after its log's origin.
        witnesses: the witnesses.
        groups: the groups, in the order of their definition.
        quorum: name of the witness or group that must have cosigned; ``none`` asks nobody.
    """

    logs: tuple[Verifier, ...] = ()
    witnesses: tuple[Witness, ...] = ()
    groups: tuple[Group, ...] = ()
    quorum: str = NOBODY

    @property
    def asks_nobody(self) -> bool:
        """Whether a checkpoint without any cosignature suffices."""
        return self.quorum == NOBODY

    def cosigners(self, note: bytes) -> tuple[Witness, ...]:
        """Give the witnesses that validly cosigned a checkpoint, at a stated time.

        Raises:
            NoteError: the note is malformed, or a cosignature of a known witness is false.
        """
        signed = {each.verifier.vkey for each in self._cosigned(note)}
        return tuple(one for one in self.witnesses if one.verifier.vkey in signed)

    def seen_at(self, note: bytes) -> tuple[int, ...]:
        """Give when witnesses validly cosigned a checkpoint, in POSIX seconds.

        Raises:
            NoteError: the note is malformed, or a cosignature of a known witness is false.
        """
        return tuple(each.at for each in self._cosigned(note))

    def _cosigned(self, note: bytes) -> tuple[ValidSignature, ...]:
        """Give the valid cosignatures of known witnesses that state a time."""
        try:
            opened = open_note(note, [witness.verifier for witness in self.witnesses])
        except NoSignatureError:
            return ()
        return tuple(each for each in opened.signatures if each.at)

    def is_met(self, cosigners: Collection[Witness]) -> bool:
        """Whether these witnesses are enough."""
        met = {NOBODY} | {witness.name for witness in cosigners}
        for group in self.groups:
            if len(met.intersection(group.members)) >= group.threshold:
                met.add(group.name)
        return self.quorum in met

    def check(self, note: bytes) -> tuple[Witness, ...]:
        """Give a checkpoint's witnesses when they are enough.

        Raises:
            NoteError: they are not, the note is malformed, or a cosignature is false.
        """
        cosigners = self.cosigners(note)
        if not self.is_met(cosigners):
            raise NoteError(
                f"{len(cosigners)} of the {len(self.witnesses)} witnesses that you named have"
                " cosigned this checkpoint, and these are not enough"
            )
        return cosigners


NO_WITNESSES = Policy()
"""The policy that asks for no cosignature."""


def quorum_of(witnesses: Sequence[Witness], quorum: int) -> Policy:
    """Make the policy that so many of these witnesses must have cosigned.

    Keys that bear one name are one witness, which may have signed with any of them.

    Raises:
        InputError: fewer witnesses than the quorum, or a key that stands for two.
    """
    by_name: dict[str, list[Witness]] = {}
    for one in witnesses:
        by_name.setdefault(one.verifier.name, []).append(one)
    if not 0 <= quorum <= len(by_name):
        raise InputError(
            f"a quorum of {quorum} cannot be had from {len(by_name)} witnesses",
            cure="name more witnesses, or ask for fewer",
        )
    reader = _PolicyReader()
    for number, keys in enumerate(by_name.values()):
        members = [f"{number}.{at}" for at in range(len(keys))]
        for name, one in zip(members, keys, strict=True):
            reader.add_witness(name, one.verifier, one.url)
        reader.add_group(str(number), 1, members)
    if quorum:
        reader.add_group("quorum", quorum, [str(number) for number in range(len(by_name))])
        reader.set_quorum("quorum")
    else:
        reader.set_quorum(NOBODY)
    return reader.policy()


def read_policy(raw: bytes, *, where: str = "") -> Policy:
    """Read a policy file.

    Raises:
        InputError: malformed; the message names the line.
    """
    lines = raw.split(b"\n")
    if len(raw) > MAX_POLICY or len(lines) > _MAX_LINES or lines.pop():
        raise InputError("this is no policy file", where=where, cure=_CURE)
    reader = _PolicyReader()
    for number, line in enumerate(lines, start=1):
        try:
            reader.read(line)
        except (InputError, KeyFileError) as error:
            raise InputError(error.message, where=f"{where}, line {number}", cure=_CURE) from None
    try:
        return reader.policy()
    except InputError as error:
        raise InputError(error.message, where=where, cure=_CURE) from None


class _PolicyReader:
    """Takes a policy in line by line; every rule of the format that a line can break is here."""

    def __init__(self) -> None:
        self.logs: list[Verifier] = []
        self._witnesses: list[Witness] = []
        self._groups: list[Group] = []
        self._names: set[str] = set()
        self._members: set[str] = set()
        self._quorum = ""

    def read(self, line: bytes) -> None:
        """Take one line in."""
        if _FORBIDDEN.search(line):
            raise InputError("a control character")
        # Names are octets and compared as such; no two octet strings decode to one text here.
        words = line.decode("utf-8", "surrogateescape").strip(" \t")
        if not words or words.startswith("#"):
            return
        kind, *rest = re.split(r"[ \t]+", words)
        if kind == "log" and len(rest) in {1, 2}:
            self._add_log(read_vkey(rest[0]))
        elif kind == "witness" and len(rest) in {2, 3}:
            self.add_witness(rest[0], read_vkey(rest[1]), *rest[2:])
        elif kind == "group" and len(rest) >= 3:  # noqa: PLR2004 - name, threshold, one member
            self.add_group(rest[0], _threshold(rest[1], len(rest) - 2), rest[2:])
        elif kind == "quorum" and len(rest) == 1:
            self.set_quorum(rest[0])
        else:
            raise InputError("this line is none of log, witness, group, quorum with what they take")

    def _add_log(self, verifier: Verifier) -> None:
        if verifier.type is SignatureType.ED25519_COSIGNATURE:
            raise InputError("this key signs as a witness, not as a log")
        _check_new(verifier, self.logs)
        self.logs.append(verifier)

    def add_witness(self, name: str, verifier: Verifier, url: str = "") -> None:
        """Take a witness in."""
        if not verifier.type.is_cosignature:
            raise InputError("this key does not sign cosignatures, so it is no witness's")
        _check_new(verifier, [one.verifier for one in self._witnesses])
        self._name(name)
        self._witnesses.append(Witness(name, verifier, url))

    def add_group(self, name: str, threshold: int, members: Iterable[str]) -> None:
        """Take a group in; its members are known already, and in no other group."""
        group = Group(name, threshold, tuple(members))
        for member in group.members:
            if member not in self._names or member in self._members:
                raise InputError("a member is not defined before, or is a member twice")
            self._members.add(member)
        if not 1 <= threshold <= len(group.members):
            raise InputError("the group asks for none or for more members than it has")
        self._name(name)
        self._groups.append(group)

    def set_quorum(self, name: str) -> None:
        """Take the quorum in."""
        if self._quorum or name not in self._names | {NOBODY}:
            raise InputError("a second quorum, or one that is not defined before")
        self._quorum = name

    def policy(self) -> Policy:
        """Give what was read."""
        if not self._quorum:
            raise InputError("the policy names no quorum")
        return Policy(tuple(self.logs), tuple(self._witnesses), tuple(self._groups), self._quorum)

    def _name(self, name: str) -> None:
        if name == NOBODY or name in self._names:
            raise InputError("a name is taken")
        self._names.add(name)


def _threshold(text: str, members: int) -> int:
    if text in {"any", "all"}:
        return 1 if text == "any" else members
    if not re.fullmatch(r"[1-9][0-9]{0,8}", text):
        raise InputError("the threshold is none of any, all and a number")
    return int(text)


def _check_new(verifier: Verifier, known: Iterable[Verifier]) -> None:
    """Refuse a second name for a key: one party would count as two."""
    if any(verifier.material == one.material for one in known):
        raise InputError("the same key twice")
