"""What is kept for ever, what was destroyed, what was reported of a year."""

from django.db import models

from ostiary.office.store.models.admission import Batch
from ostiary.office.store.models.log import Logged


class Disposal(Logged):
    """Openings destroyed on schedule. ``done`` turns true when their files are gone, too."""

    id = models.BigAutoField(primary_key=True)
    day = models.DateField()
    requests = models.BigIntegerField()
    answers = models.BigIntegerField()
    at = models.TextField()
    done = models.BooleanField(default=False)

    class Meta:
        """The table."""

        db_table = "disposal"

    def __str__(self) -> str:
        """Name the row."""
        return f"disposal {self.id}"


class KeptRecord(Logged):
    """The permanent record of requests whose openings were destroyed, sealed to the record's key.

    ``first_request`` and ``last_request`` are the numbers between which the requests lie; others
    may lie there as well. Nothing here ever changes.
    """

    id = models.BigAutoField(primary_key=True)
    batch = models.ForeignKey(
        Batch, models.PROTECT, db_column="batch", db_index=False, related_name="+"
    )
    first_request = models.BigIntegerField()
    last_request = models.BigIntegerField()
    requests = models.BigIntegerField()
    recipient = models.TextField()
    kem = models.TextField()
    sealed = models.BinaryField()

    class Meta:
        """The table."""

        db_table = "kept_record"

    def __str__(self) -> str:
        """Name the row."""
        return f"kept record {self.id}"


class ReportedFigures(Logged):
    """What was reported of one agency and year (26 USC 6103(p)(3)(C))."""

    id = models.BigAutoField(primary_key=True)
    agency = models.TextField()
    year = models.IntegerField()
    requests = models.BigIntegerField()
    answers = models.BigIntegerField()
    disclosures = models.BigIntegerField()
    taxpayers = models.BigIntegerField()
    at = models.TextField()

    class Meta:
        """The table."""

        db_table = "reported_figures"

    def __str__(self) -> str:
        """Name the row."""
        return f"figures {self.id}"
