"""The tables of schema 1. The triggers are laid afterwards, see ``store.sqlite.guards``."""

from __future__ import annotations

from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def entry(column: str = "entry_index") -> models.ForeignKey[Any, Any]:
    return models.ForeignKey(
        db_column=column,
        db_index=False,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to="storage.logentry",
    )


def request() -> models.ForeignKey[Any, Any]:
    return models.ForeignKey(
        db_column="request",
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to="storage.request",
    )


def number(column: str | None = None) -> models.BigAutoField[Any, Any]:
    return models.BigAutoField(db_column=column, primary_key=True, serialize=False)


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="OfficeRecord",
            fields=[
                ("id", number()),
                ("schema", models.IntegerField()),
                ("made_by", models.TextField()),
                ("origin", models.TextField()),
                ("training", models.BooleanField()),
                ("opened_at", models.TextField()),
            ],
            options={"db_table": "office"},
        ),
        migrations.CreateModel(
            name="LogEntry",
            fields=[
                ("index", number("entry_index")),
                ("body", models.TextField()),
                ("leaf", models.BinaryField()),
            ],
            options={"db_table": "log_entry"},
        ),
        migrations.CreateModel(
            name="LawAdopted",
            fields=[
                ("id", number()),
                ("book", models.TextField()),
                ("orders", models.TextField()),
                ("registers", models.TextField()),
                ("derivations", models.TextField()),
                ("at", models.TextField()),
                ("entry", entry()),
            ],
            options={"db_table": "law_adopted"},
        ),
        migrations.CreateModel(
            name="Batch",
            fields=[
                ("id", models.TextField(primary_key=True, serialize=False)),
                ("at", models.TextField()),
                ("received", models.DateField()),
                ("file_name", models.TextField()),
                ("rows", models.BigIntegerField()),
                ("row_errors", models.BigIntegerField()),
                ("counts", models.JSONField()),
                ("book", models.TextField()),
                ("first_entry", entry("first_index")),
                ("last_entry", entry("last_index")),
                ("folder_done", models.BooleanField(default=False)),
            ],
            options={"db_table": "batch"},
        ),
        migrations.CreateModel(
            name="Request",
            fields=[
                ("id", number()),
                ("agency", models.TextField()),
                ("request_id", models.TextField()),
                ("content", models.TextField()),
                (
                    "batch",
                    models.ForeignKey(
                        db_column="batch",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="storage.batch",
                    ),
                ),
                ("row", models.BigIntegerField()),
                ("salt", models.TextField(null=True)),
                ("status", models.TextField()),
                ("mask", models.BigIntegerField()),
                ("received", models.DateField()),
                ("payload", models.TextField(null=True)),
                ("facts", models.TextField(null=True)),
                ("reason_digest", models.TextField()),
                ("entry", entry()),
            ],
            options={
                "db_table": "request",
                "indexes": [
                    models.Index(
                        condition=models.Q(("status", "accepted")),
                        fields=["id"],
                        name="request_accepted",
                    ),
                    models.Index(fields=["reason_digest"], name="request_reason"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("request_id", "agency"), name="request_key"),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["returned", "suspended", "accepted"])),
                        name="request_status",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Verification",
            fields=[
                (
                    "request",
                    models.OneToOneField(
                        db_column="request",
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="verification",
                        serialize=False,
                        to="storage.request",
                    ),
                ),
                ("outcome", models.TextField()),
                ("rule", models.TextField()),
                ("person_id", models.TextField()),
                ("weight", models.FloatField()),
                ("margin", models.FloatField()),
                ("entry", entry()),
            ],
            options={
                "db_table": "verification",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "outcome__in",
                                ["confirmed", "no-record", "mismatch", "ambiguous", "held"],
                            )
                        ),
                        name="verification_outcome",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReasonDetermination",
            fields=[
                ("id", number()),
                ("request", request()),
                ("officer", models.TextField()),
                ("specific", models.BooleanField()),
                ("signature", models.BinaryField()),
                ("at", models.TextField()),
                ("entry", entry()),
            ],
            options={"db_table": "reason_determination"},
        ),
        migrations.CreateModel(
            name="Approval",
            fields=[
                ("id", number()),
                ("request", request()),
                ("officer", models.TextField()),
                ("digest", models.TextField()),
                ("signature", models.BinaryField()),
                ("at", models.TextField()),
                ("entry", entry()),
            ],
            options={
                "db_table": "approval",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("request", "officer", "digest"), name="approval_key"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Refusal",
            fields=[
                ("id", number()),
                ("request", request()),
                ("officer", models.TextField()),
                ("digest", models.TextField()),
                ("why", models.TextField()),
                ("signature", models.BinaryField()),
                ("at", models.TextField()),
                ("entry", entry()),
            ],
            options={"db_table": "refusal"},
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("answer_id", models.TextField(primary_key=True, serialize=False)),
                (
                    "request",
                    models.OneToOneField(
                        db_column="request",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answer",
                        to="storage.request",
                    ),
                ),
                ("status", models.TextField()),
                ("disclosed", models.BooleanField()),
                ("person_id", models.TextField()),
                ("agency", models.TextField()),
                ("released_on", models.DateField()),
                ("sealed", models.BinaryField()),
                ("delivered", models.BooleanField(default=False)),
                ("entry", entry()),
            ],
            options={
                "db_table": "answer",
                "indexes": [
                    models.Index(
                        condition=models.Q(("delivered", False)),
                        fields=["answer_id"],
                        name="answer_undelivered",
                    ),
                    models.Index(fields=["agency", "released_on"], name="answer_year"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["confirmed", "no-answer"])),
                        name="answer_status",
                    ),
                ],
            },
        ),
    ]
