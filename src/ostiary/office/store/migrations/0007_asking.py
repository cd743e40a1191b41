"""By what a request is found when the person it asks about is counted; it can be destroyed."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("storage", "0006_looks_after_the_law")]
    operations = [
        migrations.CreateModel(
            name="Asking",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("token", models.BigIntegerField(null=True)),
                ("place", models.BigIntegerField(null=True)),
                (
                    "request",
                    models.ForeignKey(
                        db_column="request",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="storage.request",
                    ),
                ),
            ],
            options={
                "db_table": "asking",
                "indexes": [
                    models.Index(fields=["token"], name="asking_token"),
                    models.Index(fields=["request"], name="asking_request"),
                ],
            },
        ),
    ]
