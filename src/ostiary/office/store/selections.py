"""The columns of a record, as Django would select and convert them, composed once.

To compose a statement takes Django several times as long as to ask it, and a step at the desk asks
fifteen for one row each. What is selected, and how a value is converted, stays Django's; which rows
are wanted stands in SQL beside it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import Field, dataclass, fields
from datetime import date
from typing import Any, Generic, TypeVar

from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

from ostiary.domain.words import Outcome, Status
from ostiary.office.store.stored_values import (
    not_as_stored,
    stored_bytes,
    stored_counts,
    stored_day,
    stored_number,
)

_Record = TypeVar("_Record")
_Convert = Callable[[Any, Any, BaseDatabaseWrapper], Any]

# Fields of a record that have another name in the table, or another type than the database gives.
_COLUMNS = {"entry_index": "entry", "first_index": "first_entry", "last_index": "last_entry"}
_TYPES: dict[str, Callable[[Any], Any]] = {"status": Status, "outcome": Outcome}


@dataclass(frozen=True, slots=True)
class Selection(Generic[_Record]):
    """What makes records out of the rows of a table.

    Attributes:
        sql: the statement, without which rows are meant.
        kind: the record.
        converters: by place, what Django does with the values of the database.
    """

    sql: str
    kind: type[_Record]
    converters: Sequence[tuple[int, Sequence[_Convert], Any]]

    def records(
        self, rows: Iterable[Sequence[Any]], connection: BaseDatabaseWrapper
    ) -> Iterator[_Record]:
        """Make records out of rows as the database gives them."""
        return made(self.kind, (self._converted(row, connection) for row in rows))

    def _converted(self, row: Sequence[Any], connection: BaseDatabaseWrapper) -> list[Any]:
        values = list(row)
        for place, converting, expression in self.converters:
            for convert in converting:
                values[place] = convert(values[place], expression, connection)
        return values


def columns_of(kind: type[Any]) -> list[str]:
    """Name the fields of a model that a record is made of."""
    return [_COLUMNS.get(field.name, field.name) for field in fields(kind)]


def made(kind: type[_Record], rows: Iterable[Sequence[Any]]) -> Iterator[_Record]:
    """Make records out of rows as Django gives them.

    Raises:
        FaultError: a row holds what was never stored there, such as a day that is none.
    """
    casts = [_cast(field) for field in fields(kind)]  # type: ignore[arg-type] # a dataclass
    try:
        for row in rows:
            yield kind(*(cast(value) for cast, value in zip(casts, row, strict=True)))
    except (TypeError, ValueError):  # no day, no number, no word of ours, or no JSON
        raise not_as_stored(kind.__name__) from None


def selection(kind: type[_Record], model: type[models.Model], alias: str) -> Selection[_Record]:
    """Give how a record is read out of the table of a model, on the kind of database of an alias.

    Args:
        kind: a dataclass, whose fields are columns of the table.
        model: the table.
        alias: a Django alias.
    """
    key = (kind, model, connections[alias].vendor)
    if key not in _MADE:
        _MADE[key] = _composed(kind, model, alias)
    return _MADE[key]


_MADE: dict[tuple[type[Any], type[models.Model], str], Selection[Any]] = {}


def _composed(kind: type[_Record], model: type[models.Model], alias: str) -> Selection[_Record]:
    rows: models.QuerySet[Any] = models.QuerySet(model, using=alias)
    query = rows.order_by().values_list(*columns_of(kind)).query
    compiler = query.get_compiler(using=alias)
    sql, _ = compiler.as_sql()
    found = compiler.get_converters([expression for expression, *_ in compiler.select])
    converters = [(place, tuple(each), expression) for place, (each, expression) in found.items()]
    return Selection(str(sql), kind, converters)


def _cast(field: Field[Any]) -> Callable[[Any], Any]:
    return _TYPES.get(field.name) or _BY_TYPE.get(field.type, _as_it_is)


_BY_TYPE: dict[Any, Callable[[Any], Any]] = {
    date: stored_day,
    Mapping[str, int]: stored_counts,
    bytes: stored_bytes,
    int: stored_number,
}


def _as_it_is(value: Any) -> Any:
    return value
