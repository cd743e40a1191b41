"""What lists and calls ask by: an agency's requests, a receipt's entry, what is due, a rule."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("storage", "0004_recall_receipt_disposal_report")]
    operations = [
        migrations.AddIndex("batch", models.Index(fields=["first_entry"], name="batch_first")),
        migrations.AddIndex("request", models.Index(fields=["entry"], name="request_entry")),
        migrations.AddIndex("request", models.Index(fields=["agency", "id"], name="request_list")),
        migrations.AddIndex(
            "request", models.Index(fields=["agency", "status"], name="request_count")
        ),
        migrations.AddIndex(
            "request",
            models.Index(
                fields=["received", "id"], condition=Q(status="accepted"), name="request_due"
            ),
        ),
        migrations.AddIndex(
            "request",
            models.Index(
                fields=["agency", "received", "id"],
                condition=Q(status="accepted"),
                name="request_agency_due",
            ),
        ),
        migrations.AddIndex(
            "verification", models.Index(fields=["rule"], name="verification_rule")
        ),
        migrations.AddIndex("answer", models.Index(fields=["entry"], name="answer_entry")),
    ]
