"""Charts for the officer's page: what each level weighs, and how one request came to its weight.

Plain SVG inside plain HTML: no script, nothing from elsewhere. Each bar stands beside its number.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

import duckdb

from ostiary.deciding.matching import comparison
from ostiary.deciding.matching.learned import LEVELS_OF, Learned
from ostiary.deciding.matching.model import open_model
from ostiary.deciding.matching.verify import compare_with, drop_steps, know_names
from ostiary.deciding.matching.weights import parts_sql
from ostiary.domain.errors import InputError

WEIGHTS_PAGE = "weights.html"

_ROW, _LABEL, _WIDE, _BITS = 22, 250, 420, 20
_COLOURS = {True: "#00558b", False: "#b50909"}


@dataclass(frozen=True, slots=True)
class Part:
    """What one field adds to the weight of one request beside one person.

    Attributes:
        field: ``given name``, ``address``, ...
        level: the level reached.
        stranger, housemate: bits against either.
    """

    field: str
    level: str
    stranger: float
    housemate: float


def weights_page(learned: Learned, digest: str) -> str:
    """Give a page that shows the bits of every level, against a stranger and a housemate."""
    charts = []
    for against in ("stranger", "housemate"):
        bars = [
            (f"{_said(field)}: {level}", learned.bits(field, level, against=against) / 100)
            for field, levels in LEVELS_OF.items()
            for level in levels
        ]
        charts.append(f"<h2>Against a {against}</h2>{_bars(bars, f'Bits against a {against}')}")
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Weights of matching</title>'
        "<style>body{font:16px/1.5 sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem}"
        "</style><h1>Weights of matching</h1><p>Bits that a level of agreement adds to a weight"
        " before the value is counted: a rare name adds more. A weight is the smaller of the two"
        " sums, so that the likeliest wrong person decides.</p>"
        f"<p>Shares among the same person: {escape(learned.source)}. Model {escape(digest)}</p>"
        f"{''.join(charts)}</html>\n"
    )


def waterfall(parts: Sequence[Part]) -> str:
    """Give one SVG of how the parts add up, for the smaller of the two sums."""
    housemate = sum(part.housemate for part in parts) < sum(part.stranger for part in parts)
    against = "housemate" if housemate else "stranger"
    bars, start = [], 0.0
    for part in parts:
        bits = part.housemate if housemate else part.stranger
        bars.append((f"{part.field}: {part.level}", start, start + bits))
        start += bits
    bars.append((f"weight against a {against}", 0.0, start))
    return _spans(bars, f"How the weight of {start:.2f} bits came about")


def explain_weight(
    con: duckdb.DuckDBPyConnection, requests_table: str, row: int, reference: Path, person_id: str
) -> tuple[Part, ...]:
    """Take the weight of one request beside one person apart, field by field.

    Args:
        con: connection that holds the requests.
        requests_table: as for :func:`ostiary.deciding.matching.verify.verify_batch`.
        row: the request.
        reference: the office's ``reference/``.
        person_id: the person, as the verification names them.

    Raises:
        InputError: the table has no such row, or the reference no such person.
        OfficeError: there is no reference, or another version of the standard form wrote it.
    """
    model = open_model(reference)
    stranger, housemate = parts_sql(model.learned)
    levels = {**{field: field for field in LEVELS_OF}, "address": "door_level"}
    listed = ", ".join(f"{levels[f]}, {stranger[f]}, {housemate[f]}" for f in stranger)
    try:
        know_names(con, model.opened)
        comparison.ask(con, f"(SELECT * FROM {requests_table} WHERE row = {int(row)})")
        compare_with(con, model, model.opened.person_of(person_id))
        found = con.execute(
            f"""
            SELECT {listed} FROM match_compared c
            JOIN (SELECT record, COLUMNS('.*_bits|namesake_ppm') FROM match_filed) f
                 ON f.record = c.record
            ORDER BY c.tier DESC, c.weight DESC, c.record LIMIT 1
            """
        ).fetchall()
    finally:
        drop_steps(con)
    if not found:
        raise InputError(
            "no such request, or no such person in the reference",
            where=f"row {row}",
            cure="verify the batch again: the reference may have been replaced",
        )
    return tuple(
        Part(_said(field), level, first / 100, second / 100)
        for field, (level, first, second) in zip(
            stranger, zip(*[iter(found[0])] * 3, strict=True), strict=True
        )
    )


def _said(field: str) -> str:
    names = {"given_level": "given name", "middle_level": "middle name", "tin_level": "TIN"}
    return names.get(field, field.removesuffix("_level").replace("birth", "birth date"))


def _bars(bars: Sequence[tuple[str, float]], title: str) -> str:
    return _spans([(label, 0.0, bits) for label, bits in bars], title)


def _spans(bars: Sequence[tuple[str, float, float]], title: str) -> str:
    """Draw bars from one number to another, one a row, their difference beside them."""
    reach = max(_BITS, *(abs(each) for _, *ends in bars for each in ends))
    scale, zero = _WIDE / 2 / reach, _LABEL + _WIDE / 2
    rows = []
    for number, (label, start, end) in enumerate(bars):
        y, left = number * _ROW, zero + min(start, end) * scale
        rows.append(
            f'<text x="{_LABEL - 8}" y="{y + 15}" text-anchor="end">{escape(label)}</text>'
            f'<rect x="{left:.1f}" y="{y + 3}" width="{abs(end - start) * scale:.1f}" height="16"'
            f' fill="{_COLOURS[end >= start]}"/>'
            f'<text x="{_LABEL + _WIDE + 8}" y="{y + 15}">{end - start:+.2f}</text>'
        )
    height = len(bars) * _ROW
    return (
        f'<svg role="img" aria-label="{escape(title)}" viewBox="0 0 {_LABEL + _WIDE + 70} {height}"'
        f' xmlns="http://www.w3.org/2000/svg" font-family="sans-serif" font-size="13">'
        f'<title>{escape(title)}</title><line x1="{zero}" x2="{zero}" y1="0" y2="{height}"'
        f' stroke="#71767a"/>{"".join(rows)}</svg>'
    )
