"""A book may have more rules than a word has bits, so a mask is kept as text."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("storage", "0001_initial")]

    operations = [
        migrations.AlterField(model_name="request", name="mask", field=models.TextField()),
    ]
