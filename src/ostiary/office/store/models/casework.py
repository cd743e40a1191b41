"""What officers and counsel said of a case."""

from django.db import models

from ostiary.office.store.models.admission import Request
from ostiary.office.store.models.log import Logged


class ElementDetermination(Logged):
    """An officer's signed word on one element of the law, such as whether a reason is specific.

    ``fact`` is the word of the vocabulary; NULL, in what was stored before schema 6, says
    ``reason_specific``. In a training office elements can be taken as found: no officer, no
    signature.
    """

    id = models.BigAutoField(primary_key=True)
    request = models.ForeignKey(Request, models.PROTECT, db_column="request", related_name="+")
    officer = models.TextField()
    fact = models.TextField(null=True)  # noqa: DJ001 - see above
    found = models.BooleanField(db_column="specific")
    signature = models.BinaryField()
    at = models.TextField()

    class Meta:
        """The table."""

        db_table = "reason_determination"

    def __str__(self) -> str:
        """Name the row."""
        return f"determination {self.id}"


class Approval(Logged):
    """An officer's signature over the digest of one decision; once for each digest."""

    id = models.BigAutoField(primary_key=True)
    request = models.ForeignKey(Request, models.PROTECT, db_column="request", related_name="+")
    officer = models.TextField()
    digest = models.TextField()
    signature = models.BinaryField()
    at = models.TextField()

    class Meta:
        """The table."""

        db_table = "approval"
        constraints = (
            models.UniqueConstraint(fields=["request", "officer", "digest"], name="approval_key"),
        )

    def __str__(self) -> str:
        """Name the row."""
        return f"approval {self.id}"


class Refusal(Logged):
    """An officer's signed refusal of one decision, and why."""

    id = models.BigAutoField(primary_key=True)
    request = models.ForeignKey(Request, models.PROTECT, db_column="request", related_name="+")
    officer = models.TextField()
    digest = models.TextField()
    why = models.TextField()
    signature = models.BinaryField()
    at = models.TextField()

    class Meta:
        """The table."""

        db_table = "refusal"

    def __str__(self) -> str:
        """Name the row."""
        return f"refusal {self.id}"


class CounselAnswer(Logged):
    """How counsel answered, by another way, a request whose record was not looked at; once."""

    id = models.BigAutoField(primary_key=True)
    request = models.OneToOneField(Request, models.PROTECT, db_column="request", related_name="+")
    officer = models.TextField()
    day = models.DateField()
    how = models.TextField()
    signature = models.BinaryField()
    at = models.TextField()

    class Meta:
        """The table."""

        db_table = "counsel_answer"

    def __str__(self) -> str:
        """Name the row."""
        return f"counsel's answer {self.id}"


class CaseNote(Logged):
    """A note by an officer for other officers; ``kind`` says what it was written with."""

    id = models.BigAutoField(primary_key=True)
    request = models.ForeignKey(Request, models.PROTECT, db_column="request", related_name="+")
    officer = models.TextField()
    kind = models.TextField()
    text = models.TextField()
    at = models.TextField()

    class Meta:
        """The table."""

        db_table = "case_note"
        constraints = (
            models.CheckConstraint(
                condition=models.Q(kind__in=["note", "return", "hand-over"]), name="note_kind"
            ),
        )

    def __str__(self) -> str:
        """Name the row."""
        return f"note {self.id}"


class LookOrder(Logged):
    """An officer's signed order to look at the record again, outside the limit on asking; why."""

    id = models.BigAutoField(primary_key=True)
    request = models.ForeignKey(Request, models.PROTECT, db_column="request", related_name="+")
    officer = models.TextField()
    digest = models.TextField()
    why = models.TextField()
    signature = models.BinaryField()
    at = models.TextField()

    class Meta:
        """The table."""

        db_table = "look_order"
        constraints = (
            models.UniqueConstraint(fields=["request", "officer", "digest"], name="order_key"),
        )

    def __str__(self) -> str:
        """Name the row."""
        return f"order {self.id}"
