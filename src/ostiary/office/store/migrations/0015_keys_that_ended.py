"""Until when a key counts, and that one has ended: a key has as many rows as was said of it."""

from django.db import migrations, models

_WHOSE = ("register", "holder", "digest")


class Migration(migrations.Migration):
    dependencies = [("storage", "0014_uses")]
    operations = [
        migrations.AddField("keyseen", "until", models.TextField(null=True)),
        migrations.RemoveConstraint("keyseen", "key_seen_key"),
        migrations.AddConstraint(
            "keyseen",
            models.UniqueConstraint(fields=(*_WHOSE, "entry"), name="key_seen_key"),
        ),
        migrations.RemoveConstraint("keyacceptance", "key_acceptance_key"),
        migrations.AddConstraint(
            "keyacceptance",
            models.UniqueConstraint(
                fields=(*_WHOSE, "officer", "entry"), name="key_acceptance_key"
            ),
        ),
    ]
