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
