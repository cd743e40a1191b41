"""``[accounting]`` of ``office.toml``: who countersigns the log, and what if they do not."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from ostiary.office.folder.config_rows import Check, check_names, config_rows

WithoutQuorum = Literal["hold", "publish"]


@dataclass(frozen=True, slots=True)
class WitnessAddress:
    """One witness of the office's log.

    Attributes:
        url: where it takes checkpoints (C2SP ``tlog-witness``, submission prefix).
        key: its verifier key, ``name+id+key``.
    """

    url: str
    key: str


@dataclass(frozen=True, slots=True)
class Countersigning:
    """Who countersigns the log, and what follows when they do not.

    Attributes:
        witnesses: who is asked.
        quorum: how many of them must have countersigned before an answer leaves.
        without_quorum: ``hold`` keeps answers back until then, ``publish`` only warns.
    """

    witnesses: tuple[WitnessAddress, ...] = ()
    quorum: int = 0
    without_quorum: WithoutQuorum = "hold"


def read_accounting(table: dict[str, Any], path: Path) -> Countersigning:
    """Read ``[accounting]``, of which every line may be left out.

    Raises:
        OfficeError: it has an unknown line, or ``witnesses`` is no list of them.
    """
    check_names(table, Countersigning, path)
    cure = 'write [ { url = "https://...", key = "name+id+key" }, ... ]'
    witnesses = config_rows(WitnessAddress, table, "witnesses", path, cure)
    return Countersigning(**table | {"witnesses": witnesses})


def accounting_checks(found: Countersigning) -> Iterator[Check]:
    """Say of each line of ``[accounting]`` whether it will do, and what it may be."""
    yield "quorum", _is_quorum(found), "write a number, at most that of the witnesses"
    good = found.without_quorum in get_args(WithoutQuorum)
    yield "without_quorum", good, 'write "hold" or "publish"'


def accounting_text(found: Countersigning) -> dict[str, str]:
    """Write its lines as TOML has them, by name."""
    rows = "".join(
        f"  {{ url = {json.dumps(one.url)}, key = {json.dumps(one.key, ensure_ascii=False)} }},\n"
        for one in found.witnesses
    )
    return {
        "witnesses": f"[\n{rows}]" if rows else "[]",
        "quorum": json.dumps(found.quorum),
        "without_quorum": json.dumps(found.without_quorum),
    }


def _is_quorum(accounting: Countersigning) -> bool:
    """Whether so many can be had; witnesses of whom none is needed are still asked."""
    return type(accounting.quorum) is int and 0 <= accounting.quorum <= len(accounting.witnesses)
