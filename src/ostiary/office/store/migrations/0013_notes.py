"""Notes of officers for officers, about a case."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("storage", "0012_basis")]
    operations = [
        migrations.CreateModel(
            name="CaseNote",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("officer", models.TextField()),
                ("kind", models.TextField()),
                ("text", models.TextField()),
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
            options={"db_table": "case_note"},
        ),
        migrations.AddConstraint(
            "casenote",
            models.CheckConstraint(
                condition=models.Q(("kind__in", ["note", "return", "hand-over"])),
                name="note_kind",
            ),
        ),
    ]
