from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("programs", "0008_version_places"),
    ]

    operations = [
        migrations.AddField(
            model_name="collegeagreements",
            name="before",
            field=models.JSONField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="collegeagreements",
            name="last_change",
            field=models.TextField(blank=True, default=""),
        ),
    ]
