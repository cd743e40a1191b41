"""The office itself and its log: what every other table points at."""

from django.db import models


class OfficeRecord(models.Model):
    """One row: what this case store is. ``schema`` and ``made_by`` keep their places for ever."""

    id = models.BigAutoField(primary_key=True)
    schema = models.IntegerField()
    made_by = models.TextField()
    origin = models.TextField()
    training = models.BooleanField()
    opened_at = models.TextField()

    class Meta:
        """The table."""

        db_table = "office"

    def __str__(self) -> str:
        """Name the office."""
        return self.origin


class LogEntry(models.Model):
    """One entry of the accounting: canonical JSON and its leaf hash. Dense from 0."""

    index = models.BigAutoField(primary_key=True, db_column="entry_index")
    body = models.TextField()
    leaf = models.BinaryField()

    class Meta:
        """The table."""

        db_table = "log_entry"

    def __str__(self) -> str:
        """Name the entry."""
        return f"entry {self.index}"


class Logged(models.Model):
    """A row that came with a log entry."""

    entry = models.ForeignKey(
        LogEntry, models.PROTECT, db_column="entry_index", db_index=False, related_name="+"
    )

    class Meta:
        """No table of its own."""

        abstract = True
