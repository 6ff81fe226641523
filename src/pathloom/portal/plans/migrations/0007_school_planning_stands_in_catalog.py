"""How a school plans is read by public checks as well: the table is the catalog's from now on."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [("plans", "0006_school_planning")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.DeleteModel(name="SchoolPlanning")]
        )
    ]
