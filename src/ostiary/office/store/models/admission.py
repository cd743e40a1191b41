"""What a request file leaves behind, and by what a request is found again."""

from django.db import models
from django.db.models import Q

from ostiary.office.store.models.log import LogEntry, Logged


class Batch(models.Model):
    """One request file. ``folder_done`` turns true when its folder has been laid out."""

    id = models.TextField(primary_key=True)
    at = models.TextField()
    received = models.DateField()
    file_name = models.TextField()
    rows = models.BigIntegerField()
    row_errors = models.BigIntegerField()
    counts = models.JSONField()
    book = models.TextField()
    first_entry = models.ForeignKey(
        LogEntry, models.PROTECT, db_column="first_index", db_index=False, related_name="+"
    )
    last_entry = models.ForeignKey(
        LogEntry, models.PROTECT, db_column="last_index", db_index=False, related_name="+"
    )
    folder_done = models.BooleanField(default=False)

    class Meta:
        """The table."""

        db_table = "batch"
        indexes = (models.Index(fields=["first_entry"], name="batch_first"),)

    def __str__(self) -> str:
        """Name the batch."""
        return self.id


class Request(Logged):
    """One row of a request file, with the status it was admitted or returned with.

    ``awaits`` names the elements of the law that a person must determine before any record is
    looked at: words of the vocabulary, sorted, with spaces between; empty when there are none.
    ``payload`` (the request itself, kept for the accepted ones and those that go to counsel),
    ``facts`` and ``salt`` can be destroyed on schedule: they become NULL, and the log stays whole.
    """

    id = models.BigAutoField(primary_key=True)
    agency = models.TextField()
    request_id = models.TextField()
    content = models.TextField()
    batch = models.ForeignKey(Batch, models.PROTECT, db_column="batch", related_name="+")
    row = models.BigIntegerField()
    salt = models.TextField(null=True)  # noqa: DJ001 - NULL says destroyed; empty is a value
    status = models.TextField()
    mask = models.TextField()
    received = models.DateField()
    payload = models.TextField(null=True)  # noqa: DJ001 - NULL says not kept, or destroyed
    facts = models.TextField(null=True)  # noqa: DJ001 - NULL says destroyed
    reason_digest = models.TextField()
    awaits = models.TextField(null=True)  # noqa: DJ001 - NULL says stored before schema 6

    class Meta:
        """The table. The key starts with the request's id, so that an id alone finds its row."""

        db_table = "request"
        constraints = (
            models.UniqueConstraint(fields=["request_id", "agency"], name="request_key"),
            models.CheckConstraint(
                condition=Q(status__in=["returned", "suspended", "to-counsel", "accepted"]),
                name="request_status",
            ),
        )
        indexes = (
            models.Index(fields=["id"], condition=Q(status="accepted"), name="request_accepted"),
            models.Index(fields=["reason_digest"], name="request_reason"),
            models.Index(fields=["entry"], name="request_entry"),
            models.Index(fields=["agency", "id"], name="request_list"),
            models.Index(fields=["agency", "status"], name="request_count"),
        )

    def __str__(self) -> str:
        """Name the request by number; the agency's own id may say more than it should."""
        return f"request {self.id}"


class PersonAsked(models.Model):
    """Where a person was asked about, as an Ostiary before schema 7 kept it; nothing is added."""

    id = models.BigAutoField(primary_key=True)
    person = models.TextField()
    address = models.TextField()
    batch = models.ForeignKey(
        Batch, models.PROTECT, db_column="batch", db_index=False, related_name="+"
    )

    class Meta:
        """The table."""

        db_table = "person_asked"
        constraints = (
            models.UniqueConstraint(fields=["person", "address"], name="person_asked_key"),
        )

    def __str__(self) -> str:
        """Name the row."""
        return f"asked {self.id}"


class Asking(models.Model):
    """What a request that was compared is found by when its person is counted: keyed digests.

    ``token`` of a name; with ``place``, the digest of an address, where it is of a name as it was
    asked. Both become NULL with what opens the request.
    """

    id = models.BigAutoField(primary_key=True)
    token = models.BigIntegerField(null=True)
    place = models.BigIntegerField(null=True)
    request = models.ForeignKey(
        Request, models.PROTECT, db_column="request", db_index=False, related_name="+"
    )

    class Meta:
        """The table."""

        db_table = "asking"
        indexes = (
            models.Index(fields=["token"], name="asking_token"),
            models.Index(fields=["request"], name="asking_request"),
        )

    def __str__(self) -> str:
        """Name the row."""
        return f"asking {self.id}"
