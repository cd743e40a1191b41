"""The web office's own tables. No case, no taxpayer, and no person's name is in them."""

from django.db import models

from ostiary.faces.server.roles import Role


class Person(models.Model):
    """Somebody who may sign in, known by an id of a register and by nothing else.

    ``handle`` is what an authenticator knows the person by: 32 random bytes (WebAuthn, 14.6.1).
    """

    id = models.BigAutoField(primary_key=True)
    role = models.TextField(choices=[(role.value, role.value) for role in Role])
    name = models.TextField()
    agency = models.TextField(default="", blank=True)
    handle = models.BinaryField()
    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """One person an id and role."""

        constraints = (
            models.UniqueConstraint(fields=["role", "agency", "name"], name="person_key"),
        )

    def __str__(self) -> str:
        """Name the row."""
        return f"person {self.id}"


class Passkey(models.Model):
    """A credential of a person; it counts once its fingerprint was compared (``confirmed_at``).

    ``link_by`` names the administrator who gave the link that made it; empty for a command's.
    """

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="passkeys")
    credential = models.TextField(unique=True)
    public_key = models.TextField()
    cose = models.BinaryField()
    sign_count = models.BigIntegerField()
    enrolled_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    link_by = models.TextField(default="", blank=True)

    def __str__(self) -> str:
        """Name the row."""
        return f"passkey {self.id}"


class Enrolment(models.Model):
    """A link by which one person enrols one passkey, once. Only the token's hash is kept."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(Person, models.CASCADE, related_name="enrolments")
    token_hash = models.TextField(unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    link_by = models.TextField(default="", blank=True)

    def __str__(self) -> str:
        """Name the row."""
        return f"enrolment {self.id}"


class Binding(models.Model):
    """That a person is who an OpenID Connect provider knows by a subject; nobody is by themselves.

    ``subject`` is a digest of issuer and subject: at some providers a subject is an e-mail address.
    """

    id = models.BigAutoField(primary_key=True)
    person = models.OneToOneField(Person, models.CASCADE, related_name="binding")
    issuer = models.TextField()
    subject = models.TextField(unique=True)
    bound_at = models.DateTimeField()

    def __str__(self) -> str:
        """Name the row."""
        return f"binding {self.id}"


class Assignment(models.Model):
    """Who is to look at a case next. It gives no right, and takes none away."""

    case = models.BigIntegerField(primary_key=True)
    officer = models.TextField(db_index=True)
    assigned_at = models.DateTimeField()

    def __str__(self) -> str:
        """Name the row."""
        return f"assignment of case {self.case}"


class Filing(models.Model):
    """Which agency sent a file from a browser: one without a readable row has no request to say."""

    batch = models.TextField(primary_key=True)
    agency = models.TextField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        """Name the row."""
        return f"filing of batch {self.batch}"
