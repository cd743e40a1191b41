"""What agencies report of the answers that they were given."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("storage", "0013_notes")]
    operations = [
        migrations.CreateModel(
            name="UseReport",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("number", models.IntegerField()),
                ("use", models.TextField()),
                ("reporter", models.TextField()),
                ("day", models.DateField()),
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
                    models.ForeignKey(
                        db_column="request",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="storage.request",
                    ),
                ),
            ],
            options={"db_table": "use_report"},
        ),
        migrations.AddConstraint(
            "usereport",
            models.CheckConstraint(
                condition=models.Q(
                    (
                        "use__in",
                        ["", "used", "not-used", "no-offence", "prosecution", "pending"],
                    )
                ),
                name="use_known",
            ),
        ),
        migrations.AddConstraint(
            "usereport",
            models.UniqueConstraint(fields=("request", "number"), name="use_key"),
        ),
    ]
