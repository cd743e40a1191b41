"""What goes to counsel stands in the store as such; how counsel answered it is kept."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("storage", "0009_keys_seen")]
    operations = [
        migrations.RemoveConstraint("request", "request_status"),
        migrations.AddConstraint(
            "request",
            models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["returned", "suspended", "to-counsel", "accepted"])
                ),
                name="request_status",
            ),
        ),
        migrations.CreateModel(
            name="CounselAnswer",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("officer", models.TextField()),
                ("day", models.DateField()),
                ("how", models.TextField()),
                ("signature", models.BinaryField()),
                ("at", models.TextField()),
                (
                    "entry",
                    models.ForeignKey(
                        db_column="entry_index",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="storage.logentry",
                    ),
                ),
                (
                    "request",
                    models.OneToOneField(
                        db_column="request",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="storage.request",
                    ),
                ),
            ],
            options={"db_table": "counsel_answer"},
        ),
    ]
