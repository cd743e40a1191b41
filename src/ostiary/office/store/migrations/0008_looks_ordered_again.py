"""Another look at a record, which two officers order, and what it showed."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

_OUTCOMES = ["confirmed", "no-record", "mismatch", "ambiguous", "held"]


def _points_at(table: str, column: str) -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(
        db_column=column,
        db_index=table != "logentry",
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=f"storage.{table}",
    )


class Migration(migrations.Migration):
    dependencies = [("storage", "0007_asking")]
    operations = [
        migrations.CreateModel(
            name="LookOrder",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("officer", models.TextField()),
                ("digest", models.TextField()),
                ("why", models.TextField()),
                ("signature", models.BinaryField()),
                ("at", models.TextField()),
                ("entry", _points_at("logentry", "entry_index")),
                ("request", _points_at("request", "request")),
            ],
            options={
                "db_table": "look_order",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("request", "officer", "digest"), name="order_key"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LaterVerification",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("outcome", models.TextField()),
                ("rule", models.TextField()),
                ("person_id", models.TextField()),
                ("weight", models.FloatField()),
                ("margin", models.FloatField()),
                ("entry", _points_at("logentry", "entry_index")),
                ("request", _points_at("request", "request")),
            ],
            options={
                "db_table": "later_verification",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", _OUTCOMES)),
                        name="later_verification_outcome",
                    )
                ],
            },
        ),
    ]
