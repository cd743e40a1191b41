"""The API's own tables, beside those of the web office. No case is in them."""

from django.db import models


class SpentIdentifier(models.Model):
    """The ``jti`` of a proof or assertion that was used; kept until it would be too old anyway.

    The primary key makes a second use fail whichever thread or program comes second.
    """

    digest = models.TextField(primary_key=True)
    expires_at = models.BigIntegerField(db_index=True)

    def __str__(self) -> str:
        """Name the row."""
        return "spent identifier"


class KeptResponse(models.Model):
    """What a submission was answered with, for whoever sends it again under the same key.

    ``key`` and ``body`` are digests: what a client chose as its key is nobody's business.
    """

    id = models.BigAutoField(primary_key=True)
    agency = models.TextField()
    key = models.TextField()
    body = models.TextField()
    response = models.TextField()
    kept_at = models.BigIntegerField(db_index=True)

    class Meta:
        """One response an agency and key."""

        constraints = (
            models.UniqueConstraint(fields=["agency", "key"], name="one_response_a_key"),
        )

    def __str__(self) -> str:
        """Name the row."""
        return f"kept response {self.id}"


class LogPosition(models.Model):
    """How far the log has been looked through for what agencies are to be told; one row."""

    id = models.IntegerField(primary_key=True)
    next_entry = models.BigIntegerField()

    def __str__(self) -> str:
        """Name the row."""
        return f"position {self.next_entry}"


class WatchedChange(models.Model):
    """That a request, named by its entry, comes to a status; gone when the API shows it."""

    id = models.BigAutoField(primary_key=True)
    entry = models.BigIntegerField()
    becomes = models.TextField()
    seen_at = models.BigIntegerField()

    def __str__(self) -> str:
        """Name the row."""
        return f"change {self.id}"


class WaitingEvent(models.Model):
    """An event that a receiver has not taken yet; gone when it has. ``body`` names nobody."""

    id = models.BigAutoField(primary_key=True)
    agency = models.TextField()
    url = models.TextField()
    body = models.TextField()
    made_at = models.BigIntegerField()
    next_at = models.BigIntegerField()
    tries = models.IntegerField(default=0)
    last_fault = models.TextField(default="")
    given_up = models.BooleanField(default=False)

    class Meta:
        """What is due for a receiver is found by it."""

        indexes = (models.Index(fields=["url", "given_up", "id"], name="event_by_receiver"),)

    def __str__(self) -> str:
        """Name the row."""
        return f"event {self.id}"
