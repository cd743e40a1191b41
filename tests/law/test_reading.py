"""A book that cannot be trusted is refused, with file, rule and cure."""

import re
import shutil

import pytest
import yaml

from ostiary.deciding.law.reading import read_book, read_orders
from ostiary.deciding.law.shipped import shipped_book
from ostiary.domain.errors import BookError

STATUTE = """---
title: A statute
layer: statute
prefix: st
cites: /us/usc/t26/s6103/i/2
from: 2025-01-01
---

# A statute

```yaml
id: st.rule
finding: Something is missing.
cure: Mend it.
```
```sql
sole_use
```
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "statutes").mkdir()
    return tmp_path


def refused(folder, text):
    (folder / "statutes" / "a.md").write_text(text)
    with pytest.raises(BookError) as caught:
        read_book(folder)
    return str(caught.value)


def test_a_small_book_reads(folder):
    (folder / "statutes" / "a.md").write_text(STATUTE)
    assert [rule.id for _, rule in read_book(folder).rules] == ["st.in-force", "st.rule"]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("sole_use\n", "sole_user\n", "`sole_user` is no fact"),
        ("sole_use\n", "items_count\n", "a rule must be true or false"),
        ("sole_use\n", "upper(agency) = 'X'\n", "outside the grammar"),
        ("sole_use\n", "items_count = 'one'\n", "compares int with text"),
        ("sole_use\n", "sole_use = 1\n", "compares bool with int"),
        ("sole_use\n", "signed_on = 20250806\n", "compares date with int"),
        ("sole_use\n", "signer_office = 'agency_haed'\n", "is never `agency_haed`"),
        ("sole_use\n", "agency < 'b'\n", "orders what has no order"),
        ("sole_use\n", "sole_use AND (SELECT 1)\n", "outside the grammar"),
        ("sole_use\n", "sole_use AND\n", "no SQL"),
        ("sole_use\n", "signed_on > DATE '2025-02-30'\n", "outside the grammar"),
        ("sole_use\n", "items_count + 1 > 2\n", "outside the grammar"),
        ("from: 2025-01-01", "from: soon", "must be days"),
        ("from: 2025-01-01", "from: 2025-02-30", "a day or number in this block is none"),
        ("from: 2025-01-01", "from: 2025-01-01\nuntil: 2024-01-01", "lies before"),
        ("layer: statute", "layer: decree", "layer is unknown"),
        ("title: A statute", "titel: A statute", "unknown key `titel`"),
        ("cure: Mend it.", "", "`cure` is missing"),
        ("finding: Something", "finding: '{agency} Something", "no YAML"),
        ("finding: Something is missing.", "finding: 'For {agency}.'", "cannot say"),
        ("```sql", "```python", "needs one `sql` block"),
        ("---\ntitle", "title", "front matter"),
    ],
)
def test_a_faulty_instrument_is_named(folder, old, new, says):
    message = refused(folder, STATUTE.replace(old, new, 1))
    assert says in message
    assert "statutes/a.md" in message


def test_two_wordings_on_one_day_are_refused(folder):
    block = STATUTE[STATUTE.index("```yaml") :]
    later = block.replace("id: st.rule", "id: st.rule\nfrom: 2025-06-01")
    assert "two versions" in refused(folder, STATUTE + later)


def test_a_rule_id_belongs_to_one_instrument(folder):
    (folder / "statutes" / "b.md").write_text(STATUTE.replace("prefix: st", "prefix: other"))
    assert "`st.rule` stands in two instruments" in refused(folder, STATUTE)


def test_an_empty_book_lets_nothing_through(tmp_path):
    with pytest.raises(BookError, match="no statute"):
        read_book(tmp_path)
    with pytest.raises(BookError, match="no rule book here"):
        read_book(tmp_path / "nowhere")


def test_only_orders_may_stand_among_orders(tmp_path):
    (tmp_path / "a.md").write_text(STATUTE)
    with pytest.raises(BookError, match="only orders"):
        read_orders(tmp_path)


def test_the_digest_follows_the_meaning_and_not_the_prose(tmp_path):
    copy = tmp_path / "book"
    shutil.copytree(shipped_book(), copy)
    before = read_book(copy).digest
    file = copy / "statutes" / "usc-26-6103-i-2.md"
    file.write_text(file.read_text().replace("A request is made in writing", "It is written"))
    assert read_book(copy).digest == before
    file.write_text(file.read_text().replace("periods_count >= 1", "periods_count >= 0"))
    assert read_book(copy).digest != before


@pytest.mark.parametrize(
    "loaders", [(yaml.SafeLoader, "CSafeLoader"), (yaml.BaseLoader, "CBaseLoader")]
)
def test_the_book_reads_the_same_where_libyaml_is_missing(loaders):
    plain, fast = loaders[0], getattr(yaml, loaders[1])
    texts = [path.read_text(encoding="utf-8") for path in sorted(shipped_book().rglob("*.yaml"))]
    for path in shipped_book().rglob("*.md"):
        texts += re.findall(
            r"^```yaml\n(.*?)^```$", path.read_text("utf-8"), re.DOTALL | re.MULTILINE
        )
    assert len(texts) > 100
    for text in texts:
        assert yaml.load(text, plain) == yaml.load(text, fast)  # noqa: S506 - safe loaders
