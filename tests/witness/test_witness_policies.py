"""Whom a verifier believes (C2SP tlog-policy)."""

import hashlib
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ostiary.domain.errors import InputError
from ostiary.verifying.keys.files import new_post_quantum_key, new_signing_key
from ostiary.verifying.log.checkpoints import sign_checkpoint
from ostiary.verifying.log.faults import NoteError
from ostiary.verifying.log.notes import add_signatures, signature_line
from ostiary.verifying.log.policies import NO_WITNESSES, Policy, Witness, quorum_of, read_policy
from ostiary.verifying.log.vkeys import Signer

LOG = Signer("log.example/one", new_signing_key())
SIGNERS = [Signer(f"w{n}.example", new_signing_key(), cosigner=True) for n in range(5)]
ML_DSA = Signer("pq.example", new_post_quantum_key())
V = [signer.verifier.vkey for signer in SIGNERS]
CHECKPOINT = sign_checkpoint(LOG.name, 5, hashlib.sha256(b"root").digest(), [LOG])
WITNESSES = "".join(f"witness W{n} {V[n]} https://w{n}.example\n" for n in range(5))
# The example of the specification: two of the X, and one of the Y.
GROUPS = """
# X are run by one organisation, Y by another
group X 2 W0 W1 W2
\tgroup  Y\tany W3 W4
group X-and-Y all X Y
quorum X-and-Y
"""


def policy(text: str) -> Policy:
    return read_policy(text.encode("utf-8", "surrogateescape"), where="policy")


def cosigned(*who: int, at: int = 1) -> bytes:
    lines = [signature_line(SIGNERS[n], CHECKPOINT.body, at=at) for n in who]
    return add_signatures(CHECKPOINT.note, "".join(lines)) if lines else CHECKPOINT.note


def test_the_example_of_the_specification() -> None:
    read = policy(f"log {LOG.verifier.vkey} https://log.example\n{WITNESSES}{GROUPS}")
    assert [log.name for log in read.logs] == ["log.example/one"]
    assert [one.url for one in read.witnesses][:2] == ["https://w0.example", "https://w1.example"]
    for who in ((0, 1, 3), (1, 2, 4), (0, 1, 2, 3, 4)):
        assert len(read.check(cosigned(*who))) == len(who)
    for who in ((), (0, 1), (0, 3, 4), (3, 4), (0, 1, 2)):
        with pytest.raises(NoteError, match="not enough"):
            read.check(cosigned(*who))


def test_a_quorum_of_none_asks_nobody() -> None:
    read = policy(f"{WITNESSES}quorum none\n")
    assert read.asks_nobody
    assert read.check(CHECKPOINT.note) == ()
    assert NO_WITNESSES.check(CHECKPOINT.note) == ()


def test_a_single_witness_can_be_the_quorum() -> None:
    read = policy(f"witness W {V[0]}\nquorum W\n")
    assert read.check(cosigned(0))
    with pytest.raises(NoteError):
        read.check(cosigned(1))


def test_a_false_cosignature_is_not_passed_over() -> None:
    read = policy(f"{WITNESSES}group G any W0 W1\nquorum G\n")
    other = sign_checkpoint(LOG.name, 6, bytes(32), [LOG])
    note = add_signatures(cosigned(0), signature_line(SIGNERS[1], other.body, at=1))
    with pytest.raises(NoteError, match="false"):
        read.check(note)


def test_a_cosignature_without_a_time_says_nothing() -> None:
    read = policy(f"witness W {V[0]}\nquorum W\n")
    with pytest.raises(NoteError, match="not enough"):
        read.check(cosigned(0, at=0))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "quorum none",
        "witness W x\nquorum none\n",
        "\r\nquorum none\n",
        "quorum none\x00\n",
        "quorum\vnone\n",
        "# a comment\x07\nquorum none\n",
        f"witness W\x01 {V[0]}\nquorum none\n",
        "log\nquorum none\n",
        f"log {V[0]}\nquorum none\n",
        f"log {LOG.verifier.vkey} u v\nquorum none\n",
        f"log {LOG.verifier.vkey}\nlog {LOG.verifier.vkey}\nquorum none\n",
        f"witness W {LOG.verifier.vkey}\nquorum none\n",
        f"witness W\nwitness X {V[0]}\nquorum none\n",
        f"witness W {V[0]}\nwitness W {V[1]}\nquorum none\n",
        f"witness W {V[0]}\nwitness X {V[0]}\nquorum none\n",
        f"witness none {V[0]}\nquorum none\n",
        f"{WITNESSES}quorum none\nquorum none\n",
        f"{WITNESSES}quorum X\n",
        f"quorum W0\n{WITNESSES}",
        f"{WITNESSES}group G any W9\nquorum G\n",
        f"{WITNESSES}group G any G\nquorum G\n",
        f"{WITNESSES}group G any none\nquorum G\n",
        f"{WITNESSES}group G any\nquorum none\n",
        f"{WITNESSES}group G 0 W0\nquorum G\n",
        f"{WITNESSES}group G 2 W0\nquorum G\n",
        f"{WITNESSES}group G -1 W0\nquorum G\n",
        f"{WITNESSES}group G 01 W0\nquorum G\n",
        f"{WITNESSES}group G x W0\nquorum G\n",
        f"{WITNESSES}group G {'9' * 5000} W0\nquorum G\n",
        f"{WITNESSES}group G any W0 W0\nquorum G\n",
        f"{WITNESSES}group G any W0\ngroup H any W0\nquorum G\n",
        f"{WITNESSES}group W0 any W1\nquorum W0\n",
        f"{WITNESSES}group none any W1\nquorum none\n",
        f"{WITNESSES}rule G\nquorum none\n",
        f"witness W \udcff{V[0]}\nquorum none\n",
        WITNESSES,
    ],
    ids=count(1),  # keys are new each time: a case is called by its number
)
def test_policies_that_are_none_are_refused_by_line(text: str) -> None:
    with pytest.raises(InputError, match="policy"):
        policy(text)


@pytest.mark.parametrize(
    "line",
    ["rule G any W0", "rule W0", "group G", "group G any", "quorum", "quorum W0 W1", "witness W0"],
)
def test_a_line_of_another_shape_is_named_with_its_number(line: str) -> None:
    with pytest.raises(InputError, match="none of log, witness, group, quorum") as refused:
        policy(f"{WITNESSES}{line}\nquorum none\n")
    assert refused.value.where == "policy, line 6"


def test_a_group_may_have_one_member() -> None:
    read = policy(f"{WITNESSES}group G 1 W0\nquorum G\n")
    assert not read.asks_nobody
    assert len(read.check(cosigned(0))) == 1


def test_a_policy_has_a_million_bytes_and_4095_lines_at_most() -> None:
    text = "quorum none\n#"
    assert policy(text.ljust(999_999, "-") + "\n").asks_nobody
    assert policy("quorum none\n" + "\n" * 4094).asks_nobody
    for longer in (text.ljust(1_000_000, "-") + "\n", "quorum none\n" + "\n" * 4095):
        with pytest.raises(InputError, match="this is no policy file"):
            policy(longer)


def test_fewer_than_no_witnesses_cannot_be_asked_for() -> None:
    with pytest.raises(InputError, match="a quorum of -1"):
        quorum_of([Witness("", SIGNERS[0].verifier)], -1)


def test_the_same_key_under_another_type_is_still_the_same() -> None:
    as_log = Signer("w0.example", SIGNERS[0].key).verifier.vkey
    assert policy(f"log {as_log}\nwitness W {V[0]}\nquorum W\n").witnesses
    renamed = Signer("other.example", SIGNERS[0].key, cosigner=True).verifier.vkey
    with pytest.raises(InputError, match="twice"):
        policy(f"witness W {V[0]}\nwitness X {renamed}\nquorum W\n")


@given(st.binary(max_size=200))
def test_no_bytes_make_the_reader_fail_in_another_way(text: bytes) -> None:
    with pytest.raises(InputError):
        read_policy(text + b"\nwitness\n", where="policy")


@given(st.sets(st.integers(0, 4)), st.integers(0, 5))
def test_a_number_of_witnesses_is_counted_by_witness(who: set[int], quorum: int) -> None:
    named = [Witness("", signer.verifier) for signer in SIGNERS]
    asked = quorum_of(named, quorum)
    assert asked.is_met(asked.cosigners(cosigned(*sorted(who)))) == (len(who) >= quorum)


def test_two_keys_of_one_name_are_one_witness() -> None:
    twin = Signer("w0.example", new_post_quantum_key())
    named = [Witness("", one.verifier) for one in (SIGNERS[0], twin, SIGNERS[1])]
    note = add_signatures(cosigned(0), signature_line(twin, CHECKPOINT.body, at=1))
    with pytest.raises(NoteError):
        quorum_of(named, 2).check(note)
    with pytest.raises(InputError, match="quorum of 3"):
        quorum_of(named, 3)
    assert len(quorum_of(named, 1).check(note)) == 2


def test_kinds_of_witnesses_mix() -> None:
    named = [Witness("", SIGNERS[0].verifier), Witness("", ML_DSA.verifier)]
    note = add_signatures(cosigned(0), signature_line(ML_DSA, CHECKPOINT.body, at=9))
    assert len(quorum_of(named, 2).check(note)) == 2
