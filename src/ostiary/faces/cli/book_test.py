"""``book test``: counsel's cases, tried against the rule book."""

from pathlib import Path
from typing import Any

import click

from ostiary.faces.cli import arguments as arg
from ostiary.faces.cli.output import as_json, emit, progress, say, table
from ostiary.office.counsel import case_trials, trial_results


@click.command("test")
@arg.book
@as_json
@click.pass_context
def book_test(context: click.Context, folder: Path | None, as_json: bool) -> None:
    """Try counsel's cases: does the book find what they expect, and nothing else?

    Each case of `cases/` goes through intake and law as a request would, in a batch and alone. Ends
    with status 1 when a case fails.
    """
    with progress(quiet=as_json) as on_stage:
        on_stage("trying the cases")
        summary = trial_results.summary_of(*case_trials.run_cases(folder))
    emit(summary, as_json=as_json, text=lambda: _show(summary))
    if summary["failures"]:
        context.exit(1)


def _show(summary: dict[str, Any]) -> None:
    say(f"book {summary['book']}")
    rows = [tuple(one.values()) for one in summary["instruments"]]
    table("counsel's cases", ("instrument", "cases", "passed"), rows)
    for failure in summary["failures"]:
        _show_failure(failure)
    if summary["unexpected"]:
        say(f"no case expects: {', '.join(summary['unexpected'])}")
    say(f"{summary['passed']:,} of {summary['cases']:,} cases passed")


def _show_failure(failure: dict[str, Any]) -> None:
    say(f"FAILED  {failure['instrument']}: {failure['name']}")
    until = f", disclosed {failure['disclosed']}" if failure["disclosed"] else ""
    say(f"  received  {failure['received']}{until}")
    if failure["why"]:
        say(f"  why       {failure['why']}")
    say(f"  expected  {_in_words(failure['expected'])}")
    say(f"  found     {_in_words(failure['found'])}")
    if failure["alone"] != failure["found"]:
        say(f"  alone     {_in_words(failure['alone'])}: batch and single decision differ")
    for name, value in failure["turns_on"].items():
        say(f"  fact      {name} = {_value(value)}")
    for rule, finding in failure["findings"].items():
        if rule not in failure["expected"]["rules"]:
            say(f"  finding   {rule}: {finding}")
    say()


def _in_words(view: dict[str, Any]) -> str:
    return f"{view['status']}, {', '.join(view['rules']) or 'no rule'}"


def _value(value: object) -> str:
    if value is None:
        return "undetermined"
    return str(value).lower() if isinstance(value, bool) else str(value)
