"""How a school plans, in the table that ``plans`` made; nothing changes in the database."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0002_counselors_grant"),
        ("catalog", "0002_slots_corequisites_difficulty"),
        ("plans", "0007_school_planning_stands_in_catalog"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="SchoolPlanning",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("periods", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("most", models.PositiveIntegerField(default=400)),
                        ("least", models.PositiveIntegerField(default=0)),
                        ("target", models.PositiveIntegerField(blank=True, null=True)),
                        ("limits", models.JSONField(blank=True, default=list)),
                        ("school", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="accounts.school")),
                    ],
                    options={
                        "db_table": "plans_schoolplanning",
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("periods__isnull", True), ("periods__range", (1, 24)), _connector="OR"), name="school_day_has_periods"),
                            models.CheckConstraint(condition=models.Q(("least__lte", models.F("most")), ("most__gt", 0)), name="school_load_does_not_cross"),
                            models.CheckConstraint(condition=models.Q(("target__isnull", True), models.Q(("target__gte", models.F("least")), ("target__lte", models.F("most"))), _connector="OR"), name="school_target_within_the_load"),
                        ],
                    },
                )
            ]
        )
    ]
