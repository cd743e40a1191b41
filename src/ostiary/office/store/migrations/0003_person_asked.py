"""At which addresses a person was asked about, as keyed digests."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("storage", "0002_mask_as_text")]
    operations = [
        migrations.CreateModel(
            name="PersonAsked",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("person", models.TextField()),
                ("address", models.TextField()),
                (
                    "batch",
                    models.ForeignKey(
                        db_column="batch",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="storage.batch",
                    ),
                ),
            ],
            options={
                "db_table": "person_asked",
                "constraints": [
                    models.UniqueConstraint(fields=["person", "address"], name="person_asked_key"),
                ],
            },
        ),
    ]
