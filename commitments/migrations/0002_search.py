from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from commitments import fulltext


# The living code, not a copy: an index is derived, so its shape is no history, and every `migrate` ends by making it so.
def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    fulltext.install(schema_editor.connection)


def uninstall(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    fulltext.uninstall(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("commitments", "0001_initial")]

    operations = [migrations.RunPython(install, uninstall)]
