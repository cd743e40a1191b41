"""Whatever is submitted, and whenever it is killed: what a witness cosigns is one growing log."""

import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from ostiary.verifying.keys.files import new_signing_key
from ostiary.verifying.log.checkpoints import sign_checkpoint
from ostiary.verifying.log.tree import consistency_proof, leaf_hash, tree_root
from ostiary.verifying.log.tree_heads import read_head
from ostiary.verifying.log.vkeys import Signer
from ostiary.verifying.witness.submissions import Submission
from ostiary.verifying.witness.witness import Witness
from witnesses import Running, new_witness, running

LOG = Signer("log.example/ostiary", new_signing_key())
LONGEST = 24


def leaves(name: str, shared: int) -> list[bytes]:
    """Two histories with the same beginning."""
    return [leaf_hash(f"{'both' if n < shared else name} {n}".encode()) for n in range(LONGEST + 1)]


def submission(history: Sequence[bytes], old: int, size: int) -> Submission:
    def node(height: int, index: int) -> bytes:
        return tree_root(history[index << height : (index + 1) << height])

    proof = consistency_proof(min(old, size), size, node)
    note = sign_checkpoint(LOG.name, size, tree_root(history[:size]), [LOG]).note
    return Submission(old, tuple(proof), note)


@settings(max_examples=25)
@given(st.integers(0, LONGEST), st.data())
def test_what_is_cosigned_is_one_log_that_grows(shared: int, data: st.DataObject) -> None:
    histories = [leaves("true", shared), leaves("false", shared)]
    steps = st.tuples(st.sampled_from(histories), st.integers(0, LONGEST), st.integers(0, LONGEST))
    cosigned: list[tuple[int, bytes]] = [(0, tree_root([]))]
    with tempfile.TemporaryDirectory() as folder:
        kept = new_witness(Path(folder) / "witness")
        kept.add_log(LOG.name, [LOG.verifier])
        witness = Witness(kept)
        for history, guess, size in data.draw(st.lists(steps, min_size=1, max_size=12)):
            for old in (guess, cosigned[-1][0]):  # at random, and as one who was told
                sent = submission(history, old, size)
                if witness.add_checkpoint(sent.body()).status == 200:
                    head = read_head(sent.note.decode().partition("\n\n")[0] + "\n")
                    cosigned.append((head.size, head.root))
    sizes = [size for size, _ in cosigned]
    assert sizes == sorted(sizes)
    fits = [
        all(tree_root(history[:size]) == root for size, root in cosigned) for history in histories
    ]
    assert any(fits), "one and the same log explains everything that was cosigned"


def test_a_killed_witness_remembers_what_it_gave_out(tmp_path: Path) -> None:
    history = leaves("true", 0)
    kept = new_witness(tmp_path / "witness")
    kept.add_log(LOG.name, [LOG.verifier])
    command = [sys.executable, "-m", "ostiary", "witness", "serve", str(kept.root), "--port", "0"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONUNBUFFERED": "1"}
    ) as program:
        witness = Running(kept, int(program.stdout.readline().rsplit(":", 1)[1]))
        given_out = 0
        killer = threading.Timer(0.15, program.send_signal, [signal.SIGKILL])
        killer.start()
        try:
            while given_out < LONGEST - 1:
                body = submission(history, given_out, given_out + 1).body()
                if witness.post(body)[0] != 200:
                    break
                given_out += 1
        except OSError:
            pass
        killer.join()
        program.wait()
    with running(kept) as witness:
        # An old size that is certainly wrong; what was recorded but not given out may be one more.
        size = witness.post(submission(history, LONGEST, LONGEST + 1).body())[1]
        assert int(size) in {given_out, given_out + 1}


def test_the_histories_of_these_tests_differ() -> None:
    assert tree_root(leaves("true", 3)[:3]) == tree_root(leaves("false", 3)[:3])
    assert tree_root(leaves("true", 3)[:4]) != tree_root(leaves("false", 3)[:4])
