"""The permanent record of what was disposed of, sealed."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def _tie(column: str, to: str) -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(
        db_column=column,
        db_index=False,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=to,
    )


class Migration(migrations.Migration):
    dependencies = [("storage", "0010_to_counsel")]
    operations = [
        migrations.CreateModel(
            name="KeptRecord",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("first_request", models.BigIntegerField()),
                ("last_request", models.BigIntegerField()),
                ("requests", models.BigIntegerField()),
                ("recipient", models.TextField()),
                ("kem", models.TextField()),
                ("sealed", models.BinaryField()),
                ("batch", _tie("batch", "storage.batch")),
                ("entry", _tie("entry_index", "storage.logentry")),
            ],
            options={"db_table": "kept_record"},
        ),
    ]
