"""Which administrator gave the link that a passkey was made by; another one has to confirm it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("web", "0002_bindings")]
    operations = [
        migrations.AddField(name, "link_by", models.TextField(blank=True, default=""))
        for name in ("enrolment", "passkey")
    ] + [
        migrations.AlterField(
            "person",
            "role",
            models.TextField(
                choices=[
                    (role, role)
                    for role in (
                        "requester",
                        "officer",
                        "auditor",
                        "counsel",
                        "head",
                        "administrator",
                    )
                ]
            ),
        )
    ]
