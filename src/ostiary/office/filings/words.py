"""What a finding says, what it does not, and what nothing of this kind can: in words."""

from collections.abc import Iterator

from ostiary.office.filings.effects import Change, Finding, Window
from ostiary.office.filings.months import in_words
from ostiary.office.filings.plan import Plan

CANNOT_SHOW = (
    (
        "why counts moved: the agreement, its enforcement, migration, the economy, tax law and the"
        " agency's own staffing changed in the same months"
    ),
    "who did not file; nothing here may be used to find out",
    (
        "what people did whom the series does not count apart: among all returns, a tenth of those"
        " with a taxpayer identification number for individuals is far less than can be found"
    ),
    "whether somebody files later or not at all, before October, when extensions end, has passed",
    (
        "that nobody stayed away: where no drop is found, there may be one smaller than the"
        " smallest that could have been found"
    ),
    "anything from a series that was revised after the plan was set down, or whose meaning changed",
)
"""What no interrupted time series on published totals can show."""

METHOD = (
    "Each month's logarithm is an effect of the calendar month, a straight trend and noise that"
    " remembers the month before and may stand on a drifting level. Only months before the first"
    " break are read; how strong memory and drift are is not estimated but averaged over. Masked"
    " and suppressed months are missing. The interval is of the sum of all usable months."
)
SPACE = "\N{NO-BREAK SPACE}"
_DRIFTS, _CURVED, _REMEMBERS, _SURPRISING = 0.5, 2.0, 0.75, 0.05


def per_cent(share: float) -> str:
    """Say a share with its sign: -0.109 is -10.9 %."""
    text = f"{100 * share:+.1f}{SPACE}%"
    return text.replace("+0.0", "0.0").replace("-0.0", "0.0").replace("-", "\N{MINUS SIGN}")


def interval(change: Change) -> str:
    """Say an interval."""
    return f"{per_cent(change.low)} to {per_cent(change.high)}"


def verdict(finding: Finding) -> str:
    """Say in one word or two what was found."""
    if not finding.headline:
        return "no interval"
    change = finding.headline.change
    if not change.is_clear:
        return "no change found"
    return "fewer than foretold" if change.high < 0 else "more than foretold"


def sentences(finding: Finding) -> list[str]:
    """Say what a series tells, and what speaks against believing it."""
    window = finding.headline
    if not window:
        return [f"No interval: {finding.refused}."]
    return [
        _headline(window),
        *_smallest(finding),
        *_beside(finding),
        *_doubts(finding, window),
        _placebos(finding),
    ]


def _headline(window: Window) -> str:
    last = window.months[-1].month
    span = f"{in_words(window.first)} to {in_words(last)}"
    left_out = last - window.first + 1 - len(window.months)
    some = f", {left_out} of these months left out" if left_out else ""
    return (
        f"{span}{some}: {window.counted:,} counted, {window.foretold:,.0f} foretold:"
        f" {per_cent(window.change.middle)} (95 % interval {interval(window.change)})."
    )


def _smallest(finding: Finding) -> Iterator[str]:
    if finding.headline and not finding.headline.change.is_clear:
        yield (
            "No change was found. That is not to say that there was none: of drops of"
            f" {100 * finding.smallest:.1f} % one in five would be missed, of smaller ones more."
        )


def _beside(finding: Finding) -> Iterator[str]:
    compared = finding.compared
    if compared is None or finding.headline is None:
        return
    named = compared.comparison
    if compared.window is None:
        yield f"Not compared with `{named.beside}`, as the plan has it: {compared.refused}."
        return
    change = compared.window.change
    yield (
        f"Beside `{named.beside}` in the same months: {per_cent(change.middle)} (95 % interval"
        f" {interval(change)}). That holds if all else moves both alike, as the plan says"
        f" ({named.reason}), and if the break moves `{named.beside}` not at all: a fall of it would"
        " hide as much of this one."
    )
    if change.is_clear != finding.headline.change.is_clear:
        yield "The two do not agree on whether anything changed. Take it for open."


def _doubts(finding: Finding, window: Window) -> Iterator[str]:
    if window.change.is_clear != window.steady.is_clear:
        yield (
            "It hangs on the level: were it certain that none drifts, the interval would be"
            f" {interval(window.steady)}. Take it for open."
        )
    if window.drifting > _DRIFTS:
        yield (
            f"The level probably drifts ({100 * window.drifting:.0f} %). Under a strong drift the"
            " interval covers less often than it says (docs/benchmarks.md)."
        )
    if abs(finding.bend) > _CURVED:
        yield (
            f"The trend before the break is curved (t = {finding.bend:.1f}); a straight one"
            " continued may mislead."
        )
    if window.memory > _REMEMBERS:
        yield (
            f"Noise lasts long (correlation {window.memory:.2f} from month to month): few months"
            " tell little."
        )
    if finding.series.stage == "processed":
        yield "Counts are of processing: a backlog of the agency looks like people staying away."


def _placebos(finding: Finding) -> str:
    many = len(finding.placebos)
    if not many:
        return "No placebo date was possible: none has 60 months before it and a window of its own."
    said = (
        f"{finding.alarms} of {many} placebo dates, on which nothing happened, gave an alarm;"
        f" chance alone gives {0.05 * many:.1f}."
    )
    if finding.alarms and finding.by_chance < _SURPRISING:
        said += " That is more than chance: do not believe this series."
    return said


def about_all(findings: list[Finding], plan: Plan) -> list[str]:
    """Say what holds for the file as a whole."""
    told = [one for one in findings if one.headline]
    clear = sum(one.headline.change.is_clear for one in told if one.headline)
    said = [
        (
            f"{clear} of {len(told)} series changed clearly; by chance alone {0.05 * len(told):.1f}"
            " would, were nothing changed."
        )
    ]
    if not plan.is_shipped:
        said.append("The plan is not the one that ships with Ostiary.")
    dated = [one.series.published for one in told]
    first = plan.breaks[0].first
    seen = sum(
        any(month >= first and day <= plan.registered for month, day in days.items())
        for days in dated
    )
    silent = sum(not days for days in dated)
    if seen:
        said.append(
            f"{seen} series were published, in part, before the plan was registered on"
            f" {plan.registered}: for them the plan is no pre-registration."
        )
    if silent:
        said.append(
            f"{silent} series do not say when they were published; whether the plan of"
            f" {plan.registered} came before them cannot be told."
        )
    return said
