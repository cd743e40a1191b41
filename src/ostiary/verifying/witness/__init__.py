"""Witnesses: they cosign a log's checkpoint when it extends the one that they cosigned before.

In: checkpoints with proofs. Out: cosignatures (C2SP tlog-witness, tlog-cosignature).
Never here: an entry; a witness sees that a log grew, and not what it says.
"""
