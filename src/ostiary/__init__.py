"""Ostiary, the doorkeeper for confidential tax records.

Agencies ask a tax agency for records about named people. Each request walks one corridor,
``intake → law → matching → review → release``, and every step of it is written into a
transparency log (``accounting``) that outsiders can verify. The law itself is text: see ``book/``.
"""

__version__ = "0.1.0"
