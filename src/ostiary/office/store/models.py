"""The tables of a case store. What may change in them afterwards stands in ``guards``: very little.

Days are ISO dates. Moments are ISO text as they stand in the log, so that both read the same.
A column ``entry_index`` points at the log entry that was committed together with its row.
"""

from django.db import models
from django.db.models import Q

from ostiary.domain.words import Outcome, Use


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
    """A public key that counts: the first under its id, or one that two officers accepted."""

    id = models.BigAutoField(primary_key=True)
    register = models.TextField()
    holder = models.TextField()
    digest = models.TextField()

    class Meta:
        """The table."""

        db_table = "key_seen"
        constraints = (
            models.UniqueConstraint(fields=["register", "holder", "digest"], name="key_seen_key"),
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
                fields=["register", "holder", "digest", "officer"], name="key_acceptance_key"
            ),
        )

    def __str__(self) -> str:
        """Name the row."""
        return f"acceptance {self.id}"


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
    """How counsel answered, by another way, a request that went to counsel at admission; once."""

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
