"""``book errors``: what the book lets through, and refuses, that the law does not."""

from pathlib import Path
from typing import Any

import click

from ostiary.deciding.law import reading, shipped
from ostiary.faces.cli import arguments as arg
from ostiary.faces.cli.output import as_json, emit, progress, say
from ostiary.office.counsel import measured_errors


@click.command("errors")
@arg.book
@as_json
@click.pass_context
def book_errors(context: click.Context, folder: Path | None, as_json: bool) -> None:
    """Measure both errors: unlawful requests let through, and lawful ones refused.

    The requests stand in `measured/`, written from the provisions. What only policies of the
    custodian refuse is counted apart. Ends with status 1 when there is any other error.
    """
    place = folder or shipped.shipped_book()
    with progress(quiet=as_json) as on_stage:
        on_stage("trying the requests")
        errors = measured_errors.measure_errors(place, reading.read_book(place))
    emit(errors.stated(), as_json=as_json, text=lambda: _show(errors.stated()))
    if errors.wrong:
        context.exit(1)


def _show(stated: dict[str, Any]) -> None:
    for one in stated["errors"]:
        say(f"WRONG  {one['list']}: {one['name']} ({one['why']})")
        say(f"  {one['status']}, {', '.join(one['rules']) or 'no rule'}")
    for one in stated["by_policy_alone"]:
        say(f"by choice  {one['name']}: {', '.join(one['rules'])}")
    unlawful, lawful = stated["unlawful"], stated["lawful"]
    say(f"unlawful  {unlawful}, let through {_share(stated['wrongly_let_through'], unlawful)}")
    say(f"lawful    {lawful}, refused {_share(stated['wrongly_refused'], lawful)}")
    say(f"          by policy alone {_share(stated['refused_by_policy_alone'], lawful)}")


def _share(many: int, of: int) -> str:
    return f"{many} ({100 * many / of:.1f} %)" if of else f"{many}"
