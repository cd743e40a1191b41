"""Print docs/reference/ from the code, or check that it is what the code says.

python tools/reference.py          writes the pages
python tools/reference.py --check  fails when one differs
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from ostiary.deciding.intake.derivations import DERIVATIONS
from ostiary.deciding.law.reading import read_book
from ostiary.deciding.law.shipped import shipped_book
from ostiary.deciding.matching.rules import RULES
from ostiary.domain.columns import REFERENCE, REQUEST, Column
from ostiary.domain.facts import VOCABULARY
from ostiary.domain.register_columns import REGISTERS
from ostiary.domain.words import Layer
from ostiary.faces.api.endpoints import document
from ostiary.faces.cli.main import cli
from ostiary.office.cases.states import ALLOWED, WHY_NOT
from ostiary.verifying.log.vocabulary import ENTRY_TYPES, KINDS

FOLDER = Path(__file__).parents[1] / "docs" / "reference"
NOTE = (
    "<!-- Printed from the code by tools/reference.py; change the code, then run it again. -->\n\n"
)


def main() -> int:
    """Write or check every page; give the exit status."""
    pages = {
        "commands.md": commands(),
        "files.md": files(),
        "facts.md": facts(),
        "rules.md": rules(),
        "matching-rules.md": matching_rules(),
        "log-entries.md": log_entries(),
        "case-states.md": case_states(),
    }
    pages = {name: NOTE + text for name, text in pages.items()}
    pages["openapi.json"] = openapi()
    stale = [name for name, text in pages.items() if not same(FOLDER / name, text)]
    if "--check" in sys.argv:
        for name in stale:
            print(f"docs/reference/{name} is not what the code says; run python tools/reference.py")
        return 1 if stale else 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in stale:
        (FOLDER / name).write_text(pages[name], encoding="utf-8")
        print(f"wrote docs/reference/{name}")
    return 0


def openapi() -> str:
    """The API document, OpenAPI 3.1."""
    return json.dumps(document(), indent=2, sort_keys=True) + "\n"


def same(path: Path, text: str) -> bool:
    """Whether a page is there and says this."""
    return path.is_file() and path.read_text(encoding="utf-8") == text


def table(head: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> str:
    """Give a Markdown table."""
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def commands() -> str:
    """Every command with its help."""
    intro = (
        "# Commands\n\nExit status: 0 done; 1 a verification found a fault; 2 bad input or usage,"
        " with a message that names file, row and cure, and nothing half done.\n"
    )
    return intro + "".join(_command(cli, "ostiary"))


def _command(command: click.Command, name: str) -> Iterator[str]:
    context = click.Context(command, info_name=name, max_content_width=100)
    context.terminal_width = 100
    yield f"\n## `{name}`\n\n```\n{command.get_help(context)}\n```\n"
    if isinstance(command, click.Group):
        for sub in command.list_commands(context):
            found = command.get_command(context, sub)
            if found is not None:
                yield from _command(found, f"{name} {sub}")


def files() -> str:
    """Columns of the exchanged files."""
    parts = ["# Files\n\nColumns of the files that people exchange with an office.\n"]
    parts.append(
        "\n## A request file\n\nCSV (UTF-8, header), JSON or Parquet; one row a person. Which forms"
        " are read, and what is refused:"
        " [how files are read](../explanation/how-files-are-read.md).\n\n"
    )
    parts.append(_columns(REQUEST))
    parts.append("\n## A reference file\n\nCSV, JSON or Parquet; one row a person and address.\n\n")
    parts.append(_columns(REFERENCE))
    for name, columns in REGISTERS.items():
        parts.append(f"\n## Register `{name}.csv`\n\n{_columns(columns)}")
    return "".join(parts)


def _columns(columns: tuple[Column, ...]) -> str:
    rows = (
        (f"`{one.name}`", one.kind, "yes" if one.required else "no", one.meaning) for one in columns
    )
    return table(("column", "kind", "required", "content"), rows)


def facts() -> str:
    """The vocabulary, with the formula of each fact."""
    rows = (
        (
            f"`{one.name}`",
            one.kind,
            one.meaning + (f": {', '.join(one.values)}" if one.values else ""),
            "determined by officers" if one.human else f"`{DERIVATIONS[one.name]}`",
        )
        for one in VOCABULARY.values()
    )
    intro = (
        "# Facts\n\nRules see these and nothing else. Each is derived once, at intake, by the"
        " formula in the last column (DuckDB SQL; see `src/ostiary/deciding/intake/derivations.py`"
        " for the letters).\n\n"
    )
    return intro + table(("fact", "kind", "meaning", "formula"), rows)


def rules() -> str:
    """The rules of the shipped book, by bit."""
    rows = (
        (
            str(bit),
            f"`{rule.id}`",
            one.title,
            str(one.layer),
            version.citation,
            f"{version.period.first} - {version.period.last or ''}",
            version.finding,
        )
        for bit, (one, rule) in enumerate(read_book(shipped_book()).rules)
        for version in rule.versions
    )
    head = ("bit", "rule", "instrument", "layer", "citation", "in force", "finding")
    whose = "".join(f"- `{one}`: {one.whose}\n" for one in Layer)
    intro = (
        "# Rules of the shipped book\n\nThe text itself is in `book/`. The layer says whose rule it"
        f" is, whatever it cites:\n\n{whose}\n"
    )
    return intro + table(head, rows)


def matching_rules() -> str:
    """The rules by which a verification is decided."""
    rows = ((f"`{rule.name}`", str(rule.outcome), rule.meaning) for rule in RULES)
    intro = "# Rules of verification\n\nFor the custodian's eyes only.\n\n"
    return intro + table(("rule", "outcome", "meaning"), rows)


def log_entries() -> str:
    """Entry types and the kinds of their fields."""
    intro = "Every entry is canonical JSON (RFC 8785) with `v`, `type` and `at`, and these fields."
    parts = [f"# Log entries\n\n{intro}\n\n"]
    rows = (
        (f"`{name}`", ", ".join(f"`{field}` ({kind})" for field, kind in fields.items()))
        for name, fields in ENTRY_TYPES.items()
    )
    parts.append(table(("type", "fields"), rows))
    parts.append("\n## Kinds\n\n")
    parts.append(table(("kind", "holds"), ((name, kind.meaning) for name, kind in KINDS.items())))
    return "".join(parts)


def case_states() -> str:
    """The table of states and steps."""
    rows = (
        (f"`{state}`", ", ".join(sorted(steps)) or "nothing", WHY_NOT[state])
        for state, steps in ALLOWED.items()
    )
    return "# States of a case\n\n" + table(("state", "what may follow", "why nothing else"), rows)


if __name__ == "__main__":
    sys.exit(main())
