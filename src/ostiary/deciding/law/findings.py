"""From a mask to words: findings and cures, always the same for the same facts."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date

import duckdb

from ostiary.deciding.law.book import Book
from ostiary.deciding.law.grammar import facts_in
from ostiary.deciding.law.instruments import Rule, Version
from ostiary.deciding.law.masks import bits_of, mask_of
from ostiary.domain.facts import VOCABULARY, Facts, Value
from ostiary.domain.words import Finding, Layer

WAITS_CURE = "An officer of the custodian determines it and signs; nothing needs to be sent for it."
"""The cure of what waits for an officer's word."""

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_NOBODY_HAS_SPOKEN: Facts = {}  # so at admission
_FIELDS = tuple(one.name for one in fields(Finding))
DayOf = Callable[[Rule], date]


def findings_of(book: Book, mask: int, facts: Facts, day_of: DayOf) -> tuple[Finding, ...]:
    """Say what is wrong and what would cure it, one finding for each bit.

    Of a rule that an officer's word decides it is said what was found, or that nobody has spoken.
    """
    if not mask:
        return ()
    return tuple(_rendered(found, facts) for found in _templates(book, mask, day_of, facts))


def read_finding(said: Mapping[str, str]) -> Finding:
    """Read a finding as a reply has it; one of an earlier version does not say whose rule it is."""
    layer = said.get("layer")
    return Finding(
        said["rule"],
        said["citation"],
        said["finding"],
        said["cure"],
        Layer(layer) if layer else None,
    )


def findings_table(
    con: duckdb.DuckDBPyConnection,
    book: Book,
    day_of: DayOf,
    *,
    determinations: str,
    facts: str,
    into: str,
) -> None:
    """Render the findings of a whole batch, once for each distinct mask.

    Args:
        con: the connection that holds the tables.
        book: the law that decided.
        day_of: the day that picks a rule's wording.
        determinations: table with ``row`` and ``mask``.
        facts: table with ``row`` and the vocabulary.
        into: table to make: ``row`` BIGINT, ``findings`` VARCHAR (a JSON array of objects with
            ``rule``, ``citation``, ``finding``, ``cure``, ``layer``).
    """
    masks = con.execute(f"SELECT DISTINCT mask FROM {determinations}").fetchall()
    texts = {mask: _as_json(_templates(book, mask_of(mask), day_of)) for (mask,) in masks}
    con.execute("CREATE OR REPLACE TEMP TABLE mask_texts (mask VARCHAR, text VARCHAR)")
    con.executemany("INSERT INTO mask_texts VALUES (?, ?)", list(texts.items()) or [("0", "[]")])
    said = "text"
    for name in sorted({name for text in texts.values() for name in _PLACEHOLDER.findall(text)}):
        value = f"coalesce(CAST(f.{name} AS VARCHAR), 'undetermined')"
        said = f"replace({said}, '{{{name}}}', {value})"
    con.execute(
        f"""
        CREATE OR REPLACE TABLE {into} AS
        SELECT d.row, {said} AS findings
        FROM {determinations} d JOIN mask_texts USING (mask) JOIN {facts} f ON f.row = d.row
        """
    )


def findings_texts(book: Book, ruled: Sequence[tuple[int, Facts]], day_of: DayOf) -> list[str]:
    """Render the findings of a few requests as :func:`findings_table` does.

    Args:
        book: the law that decided.
        ruled: mask and facts of each.
        day_of: the day that picks a rule's wording.

    Returns:
        A JSON array for each, as in the table.
    """
    masks = {mask for mask, _ in ruled}
    texts = {mask: _as_json(_templates(book, mask, day_of)) for mask in masks}
    names = sorted({name for text in texts.values() for name in _PLACEHOLDER.findall(text)})
    said = []
    for mask, facts in ruled:
        text = texts[mask]
        for name in names:
            text = text.replace(f"{{{name}}}", _word(facts[name]))
        said.append(text)
    return said


def _templates(
    book: Book, mask: int, day_of: DayOf, facts: Facts = _NOBODY_HAS_SPOKEN
) -> Iterator[Finding]:
    for bit in bits_of(mask):
        one, rule = book.rules[bit]
        wording = _wording(rule, day_of(rule))
        finding, cure = wording.finding, wording.cure
        if wording.waits and _is_waiting(wording, facts):
            finding, cure = wording.waits, WAITS_CURE
        yield Finding(rule.id, wording.citation, finding, cure, one.layer)


def _is_waiting(wording: Version, facts: Facts) -> bool:
    """Whether nobody has spoken on what a rule leaves to an officer, nor found it lacking."""
    spoken = [facts.get(name) for name in facts_in(wording.tree) if VOCABULARY[name].human]
    return None in spoken and False not in spoken


def _rendered(found: Finding, facts: Facts) -> Finding:
    if "{" not in found.finding and "{" not in found.cure:
        return found
    finding, cure = _said(found.finding, facts), _said(found.cure, facts)
    return Finding(found.rule, found.citation, finding, cure, found.layer)


def _wording(rule: Rule, day: date) -> Version:
    return rule.version_on(day) or rule.versions[-1]


def _said(text: str, facts: Facts) -> str:
    return _PLACEHOLDER.sub(lambda found: _word(facts[found[1]]), text)


def _word(value: Value) -> str:
    if value is None:
        return "undetermined"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _as_json(findings: Iterator[Finding]) -> str:
    told = [{name: getattr(one, name) for name in _FIELDS} for one in findings]
    return json.dumps(told, ensure_ascii=False)
