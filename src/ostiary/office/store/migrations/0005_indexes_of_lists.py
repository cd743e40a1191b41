"""What lists and calls ask by: an agency's requests, the entry of a receipt, what is new."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("storage", "0004_recall_receipt_disposal_report")]
    operations = [
        migrations.AddIndex("batch", models.Index(fields=["first_entry"], name="batch_first")),
        migrations.AddIndex("request", models.Index(fields=["entry"], name="request_entry")),
        migrations.AddIndex("request", models.Index(fields=["agency", "id"], name="request_list")),
        migrations.AddIndex(
            "request", models.Index(fields=["agency", "status"], name="request_count")
        ),
        migrations.AddIndex("answer", models.Index(fields=["entry"], name="answer_entry")),
    ]
