"""Does every column hold what it is declared to hold? PostgreSQL sees to it; SQLite takes any text.

Whoever edits the database by hand could leave a text where a number, a day or bytes stand. A step
that comes upon it ends in a fault, and a question that compares it passes over the row.
"""

from collections.abc import Iterable
from typing import Any

from django.db import models

# By what Django calls a column's kind; of a foreign key, that of the key it names.
_HOLDS = {
    "BigAutoField": "typeof({0}) = 'integer'",
    "BigIntegerField": "typeof({0}) = 'integer'",
    "IntegerField": "typeof({0}) = 'integer'",
    "FloatField": "typeof({0}) IN ('real', 'integer')",
    "BooleanField": "typeof({0}) = 'integer'",
    "BinaryField": "typeof({0}) = 'blob'",
    "DateField": "date({0}) IS {0}",
    "JSONField": "json_valid({0})",
    "TextField": "typeof({0}) = 'text'",
}


def misfits_sql(model: type[models.Model]) -> tuple[list[str], str]:
    """Give the columns of a table, and SQL that says of each how many rows do not fit it.

    Args:
        model: the table.
    """
    columns = list(_columns(model))
    counts = ", ".join(
        f'coalesce(sum("{name}" IS NOT NULL AND NOT ({holds})), 0)' for name, holds in columns
    )
    return [name for name, _ in columns], f'SELECT {counts} FROM "{table_of(model)}"'


def table_of(model: type[models.Model]) -> str:
    """Name the table of a model."""
    return str(model._meta.db_table)  # noqa: SLF001 - documented by Django


def _columns(model: type[models.Model]) -> Iterable[tuple[str, str]]:
    for field in model._meta.concrete_fields:  # noqa: SLF001 - documented by Django
        asked: Any = field
        while asked.remote_field:
            asked = asked.target_field
        yield str(field.column), _HOLDS[asked.get_internal_type()].format(f'"{field.column}"')
