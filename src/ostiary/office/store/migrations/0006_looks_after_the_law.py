"""What a person must determine before a look; looks after the admission.

The new columns stay NULL in rows that are there already: they are guarded, and NULL has a meaning.
"""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def _entry(column: str) -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(
        db_column=column,
        db_index=False,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to="storage.logentry",
    )


class Migration(migrations.Migration):
    dependencies = [("storage", "0005_indexes_of_lists")]
    operations = [
        migrations.AddField("request", "awaits", models.TextField(null=True)),
        migrations.RenameModel("ReasonDetermination", "ElementDetermination"),
        migrations.AddField("elementdetermination", "fact", models.TextField(null=True)),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RenameField("elementdetermination", "specific", "found"),
                migrations.AlterField(
                    "elementdetermination", "found", models.BooleanField(db_column="specific")
                ),
            ]
        ),
        migrations.CreateModel(
            name="Examination",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("at", models.TextField()),
                ("day", models.DateField()),
                ("model", models.TextField()),
                ("requests", models.BigIntegerField()),
                ("decoys", models.TextField()),
                ("done", models.BooleanField(default=False)),
                ("first_entry", _entry("first_index")),
                ("last_entry", _entry("last_index")),
            ],
            options={"db_table": "examination"},
        ),
    ]
