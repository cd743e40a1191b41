"""The answer, and what became of it."""

from django.db import models
from django.db.models import Q

from ostiary.domain.words import Use
from ostiary.office.store.models.admission import Request
from ostiary.office.store.models.log import Logged


class Answer(Logged):
    """The one sealed answer to a request. ``delivered`` turns true when its file is laid out."""

    answer_id = models.TextField(primary_key=True)
    request = models.OneToOneField(
        Request, models.PROTECT, db_column="request", related_name="answer"
    )
    status = models.TextField()
    disclosed = models.BooleanField()
    person_id = models.TextField()
    agency = models.TextField()
    released_on = models.DateField()
    sealed = models.BinaryField()
    delivered = models.BooleanField(default=False)

    class Meta:
        """The table."""

        db_table = "answer"
        constraints = (
            models.CheckConstraint(
                condition=Q(status__in=["confirmed", "no-answer"]), name="answer_status"
            ),
        )
        indexes = (
            models.Index(
                fields=["answer_id"], condition=Q(delivered=False), name="answer_undelivered"
            ),
            models.Index(fields=["agency", "released_on"], name="answer_year"),
            models.Index(fields=["entry"], name="answer_entry"),
        )

    def __str__(self) -> str:
        """Name the answer."""
        return self.answer_id


class Recall(Logged):
    """An answer recalled, once for each cause. ``delivered``: its notice is laid out."""

    id = models.BigAutoField(primary_key=True)
    answer = models.ForeignKey(Answer, models.PROTECT, db_column="answer", related_name="+")
    cause = models.TextField()
    at = models.TextField()
    delivered = models.BooleanField(default=False)

    class Meta:
        """The table."""

        db_table = "recall"
        constraints = (models.UniqueConstraint(fields=["answer", "cause"], name="recall_key"),)

    def __str__(self) -> str:
        """Name the row."""
        return f"recall {self.id}"


class Receipt(Logged):
    """What a recipient signed: that an answer was opened, or what became of it in the end."""

    id = models.BigAutoField(primary_key=True)
    answer = models.ForeignKey(Answer, models.PROTECT, db_column="answer", related_name="+")
    kind = models.TextField()
    recipient = models.TextField()
    day = models.DateField()
    receipt = models.BinaryField(null=True)
    at = models.TextField()

    class Meta:
        """The table."""

        db_table = "receipt"
        constraints = (
            models.UniqueConstraint(fields=["answer", "kind", "recipient"], name="receipt_key"),
        )

    def __str__(self) -> str:
        """Name the row."""
        return f"receipt {self.id}"


class UseReport(Logged):
    """What an agency reported of an answer that it was given. The last one of a request counts."""

    id = models.BigAutoField(primary_key=True)
    request = models.ForeignKey(Request, models.PROTECT, db_column="request", related_name="+")
    number = models.IntegerField()
    use = models.TextField()
    reporter = models.TextField()
    day = models.DateField()
    at = models.TextField()

    class Meta:
        """The table."""

        db_table = "use_report"
        constraints = (
            models.CheckConstraint(condition=models.Q(use__in=["", *Use]), name="use_known"),
            models.UniqueConstraint(fields=["request", "number"], name="use_key"),
        )

    def __str__(self) -> str:
        """Name the row."""
        return f"report {self.id}"
