"""What the reference file showed."""

from django.db import models
from django.db.models import Q

from ostiary.domain.words import Outcome
from ostiary.office.store.models.admission import Request
from ostiary.office.store.models.log import LogEntry, Logged


class Verification(Logged):
    """What the reference file showed for an accepted request. Custodian only."""

    request = models.OneToOneField(
        Request, models.PROTECT, primary_key=True, db_column="request", related_name="verification"
    )
    outcome = models.TextField()
    rule = models.TextField()
    person_id = models.TextField()
    weight = models.FloatField()
    margin = models.FloatField()
    basis = models.TextField(default="", db_default="")

    class Meta:
        """The table."""

        db_table = "verification"
        constraints = (
            models.CheckConstraint(
                condition=Q(outcome__in=[outcome.value for outcome in Outcome]),
                name="verification_outcome",
            ),
        )

    def __str__(self) -> str:
        """Name the request it is about."""
        return f"verification {self.pk}"


class Examination(models.Model):
    """A look at the reference file after the admission: of one request, or a sweep over many.

    Its entries are ``first_index`` to ``last_index``. ``decoys`` is what the decoys showed, as
    JSON. ``done`` turns true when the custody files of the batches concerned tell of it.
    """

    id = models.BigAutoField(primary_key=True)
    at = models.TextField()
    day = models.DateField()
    model = models.TextField()
    requests = models.BigIntegerField()
    decoys = models.TextField()
    first_entry = models.ForeignKey(
        LogEntry, models.PROTECT, db_column="first_index", db_index=False, related_name="+"
    )
    last_entry = models.ForeignKey(
        LogEntry, models.PROTECT, db_column="last_index", db_index=False, related_name="+"
    )
    done = models.BooleanField(default=False)

    class Meta:
        """The table."""

        db_table = "examination"

    def __str__(self) -> str:
        """Name the row."""
        return f"examination {self.id}"


class LaterVerification(Logged):
    """What the reference file showed when two officers had it looked at again. The last counts."""

    id = models.BigAutoField(primary_key=True)
    request = models.ForeignKey(Request, models.PROTECT, db_column="request", related_name="+")
    outcome = models.TextField()
    rule = models.TextField()
    person_id = models.TextField()
    weight = models.FloatField()
    margin = models.FloatField()
    basis = models.TextField(default="", db_default="")

    class Meta:
        """The table."""

        db_table = "later_verification"
        constraints = (
            models.CheckConstraint(
                condition=Q(outcome__in=[outcome.value for outcome in Outcome]),
                name="later_verification_outcome",
            ),
        )

    def __str__(self) -> str:
        """Name the row."""
        return f"later verification {self.id}"
