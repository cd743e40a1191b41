"""The accounting as a transparency log in public formats (RFC 9162, C2SP tiles and notes).

In: every step as an entry. Out: tiles, signed checkpoints, proofs, and a verifier for outsiders.
Never here: an entry with a person's data in clear; a gap in the numbering.
"""
