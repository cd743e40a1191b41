"""Every relative link in the documentation leads to a file that is there."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md"), *(ROOT / "book").rglob("*.md")]
_FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^()\s]+)\)")
_ELSEWHERE = re.compile(r"[a-z]+:|#")


def _targets(page: Path) -> Iterator[str]:
    text = _FENCE.sub("", page.read_text(encoding="utf-8"))
    for link in _LINK.findall(text):
        if not _ELSEWHERE.match(link):
            yield link.partition("#")[0]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_to_files(page: Path) -> None:
    assert [link for link in _targets(page) if not (page.parent / link).exists()] == []


def test_the_documentation_has_links_at_all() -> None:
    assert sum(1 for page in PAGES for _ in _targets(page)) > 20


def test_the_readme_leads_to_every_page() -> None:
    """Decisions, findings and the book's texts have a list of their own."""
    listed = {(ROOT / link).resolve() for link in _targets(ROOT / "README.md")}
    rooms = (
        ROOT / "docs",
        *(ROOT / "docs" / name for name in ("how-to", "explanation", "reference")),
    )
    pages = {page.resolve() for room in rooms for page in room.glob("*.md")}
    assert sorted(map(str, pages - listed)) == []
