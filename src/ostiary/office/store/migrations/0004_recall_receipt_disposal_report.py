"""Recalls, receipts, disposals and reported figures: what follows after an answer has left."""

from __future__ import annotations

from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def to(model: str, column: str, **more: Any) -> models.ForeignKey[Any, Any]:
    return models.ForeignKey(
        db_column=column,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=f"storage.{model}",
        **more,
    )


def logged() -> list[tuple[str, Any]]:
    return [
        ("id", models.BigAutoField(primary_key=True, serialize=False)),
        ("entry", to("logentry", "entry_index", db_index=False)),
        ("at", models.TextField()),
    ]


class Migration(migrations.Migration):
    dependencies = [("storage", "0003_person_asked")]
    operations = [
        migrations.CreateModel(
            name="Recall",
            fields=[
                *logged(),
                ("answer", to("answer", "answer")),
                ("cause", models.TextField()),
                ("delivered", models.BooleanField(default=False)),
            ],
            options={
                "db_table": "recall",
                "constraints": [
                    models.UniqueConstraint(fields=("answer", "cause"), name="recall_key")
                ],
            },
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                *logged(),
                ("answer", to("answer", "answer")),
                ("kind", models.TextField()),
                ("recipient", models.TextField()),
                ("day", models.DateField()),
                ("receipt", models.BinaryField(null=True)),
            ],
            options={
                "db_table": "receipt",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("answer", "kind", "recipient"), name="receipt_key"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Disposal",
            fields=[
                *logged(),
                ("day", models.DateField()),
                ("requests", models.BigIntegerField()),
                ("answers", models.BigIntegerField()),
                ("done", models.BooleanField(default=False)),
            ],
            options={"db_table": "disposal"},
        ),
        migrations.CreateModel(
            name="ReportedFigures",
            fields=[
                *logged(),
                ("agency", models.TextField()),
                ("year", models.IntegerField()),
                ("requests", models.BigIntegerField()),
                ("answers", models.BigIntegerField()),
                ("disclosures", models.BigIntegerField()),
                ("taxpayers", models.BigIntegerField()),
            ],
            options={"db_table": "reported_figures"},
        ),
    ]
