"""People may be monitors of a court; the table stays as it is, only its words are more."""

from django.db import migrations, models

_ROLES = ("requester", "officer", "auditor", "counsel", "head", "administrator", "monitor")


class Migration(migrations.Migration):
    dependencies = [("web", "0003_who_gave_the_link")]
    operations = [
        migrations.AlterField(
            "person", "role", models.TextField(choices=[(role, role) for role in _ROLES])
        )
    ]
