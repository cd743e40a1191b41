"""The keys that an office has seen in its registers, and those that two officers accepted."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

_WHOSE = ("register", "holder", "digest")


def _entry() -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(
        db_column="entry_index",
        db_index=False,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to="storage.logentry",
    )


def _key_columns() -> "list[tuple[str, models.Field[Any, Any]]]":
    texts = [(name, models.TextField()) for name in _WHOSE]
    return [("id", models.BigAutoField(primary_key=True, serialize=False)), *texts]


class Migration(migrations.Migration):
    dependencies = [("storage", "0008_looks_ordered_again")]
    operations = [
        migrations.AddField("lawadopted", "files", models.TextField(null=True)),
        migrations.CreateModel(
            name="KeySeen",
            fields=[*_key_columns(), ("entry", _entry())],
            options={
                "db_table": "key_seen",
                "constraints": [models.UniqueConstraint(fields=_WHOSE, name="key_seen_key")],
            },
        ),
        migrations.CreateModel(
            name="KeyAcceptance",
            fields=[
                *_key_columns(),
                ("officer", models.TextField()),
                ("signature", models.BinaryField()),
                ("at", models.TextField()),
                ("entry", _entry()),
            ],
            options={
                "db_table": "key_acceptance",
                "constraints": [
                    models.UniqueConstraint(fields=(*_WHOSE, "officer"), name="key_acceptance_key")
                ],
            },
        ),
    ]
