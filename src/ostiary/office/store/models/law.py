"""The law adopted, and the keys that count."""

from django.db import models

from ostiary.office.store.models.log import Logged


class LawAdopted(Logged):
    """Digests of the book, orders and registers that the office decides by from a moment on."""

    id = models.BigAutoField(primary_key=True)
    book = models.TextField()
    orders = models.TextField()
    registers = models.TextField()
    derivations = models.TextField()
    at = models.TextField()
    files = models.TextField(null=True)  # noqa: DJ001 - NULL says stored before schema 9

    class Meta:
        """The table."""

        db_table = "law_adopted"

    def __str__(self) -> str:
        """Name the book."""
        return self.book


class KeySeen(Logged):
    """What is remembered of a public key: that it counts, its last day, that it has ended.

    ``until`` is the last day, empty when there is none; NULL as stored before schema 15. Of a key
    the last row counts.
    """

    id = models.BigAutoField(primary_key=True)
    register = models.TextField()
    holder = models.TextField()
    digest = models.TextField()
    until = models.TextField(null=True)  # noqa: DJ001 - see above

    class Meta:
        """The table."""

        db_table = "key_seen"
        constraints = (
            models.UniqueConstraint(
                fields=["register", "holder", "digest", "entry"], name="key_seen_key"
            ),
        )

    def __str__(self) -> str:
        """Name the row."""
        return f"key {self.id}"


class KeyAcceptance(Logged):
    """An officer's signed acceptance of a key that stands under an id which had another one."""

    id = models.BigAutoField(primary_key=True)
    register = models.TextField()
    holder = models.TextField()
    digest = models.TextField()
    officer = models.TextField()
    signature = models.BinaryField()
    at = models.TextField()

    class Meta:
        """The table."""

        db_table = "key_acceptance"
        constraints = (
            models.UniqueConstraint(
                fields=["register", "holder", "digest", "officer", "entry"],
                name="key_acceptance_key",
            ),
        )

    def __str__(self) -> str:
        """Name the row."""
        return f"acceptance {self.id}"
