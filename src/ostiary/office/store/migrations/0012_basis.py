"""What a confirmation rests on: periods and kinds of source. Older ones say nothing of it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("storage", "0011_kept_record")]
    operations = [
        migrations.AddField(model, "basis", models.TextField(default="", db_default=""))
        for model in ("verification", "laterverification")
    ]
