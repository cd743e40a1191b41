"""A register, an order or a part of the book that would not be read is refused by name."""

import shutil

import pytest

from ostiary.deciding.intake.registers import read_registers
from ostiary.deciding.law.reading import read_book, read_orders
from ostiary.deciding.law.shipped import shipped_book
from ostiary.domain.errors import BookError
from ostiary.domain.unread import proper_name

SAFEGUARDS = "agency,report_date,corrective_plan_due,suspended_from,suspended_until\n"


@pytest.mark.parametrize(
    ("name", "should"),
    [
        ("safeguards.CSV", "safeguards.csv"),
        ("Safeguards.csv", "safeguards.csv"),
        ("SAFEGUARDS.Csv", "safeguards.csv"),
        ("safeguards.csv.txt", "safeguards.csv"),
        ("safeguards.txt", "safeguards.csv"),
        ("safeguards", "safeguards.csv"),
        ("safeguards.xlsx", "safeguards.csv"),
        ("safeguards.tsv", "safeguards.csv"),
        ("safeguard.csv", "safeguards.csv"),
        ("safegaurds.csv", "safeguards.csv"),
        ("safeguards.csv~", "safeguards.csv"),
        ("#safeguards.csv#", "safeguards.csv"),
        (".safeguards.csv.swp", "safeguards.csv"),
        ("safeguards.csv.bak", "safeguards.csv"),
        ("safeguards (1).csv", "safeguards.csv"),
        ("safeguards - Copy.csv", "safeguards.csv"),
        ("Copy of safeguards.csv", "safeguards.csv"),
        ("new/safeguards.csv", "safeguards.csv"),
        ("a/b/safeguards.CSV", "safeguards.csv"),
        ("receipt-keys.csv", "receipt_keys.csv"),
        (".safeguards.csv", "safeguards.csv"),
    ],
)
def test_a_register_under_another_name_is_refused_with_the_name_it_should_have(
    tmp_path, name, should
):
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(SAFEGUARDS)
    with pytest.raises(BookError) as caught:
        read_registers([tmp_path])
    assert caught.value.where == str(path)
    assert f"`{should}`" in caught.value.cure


@pytest.mark.parametrize("name", ["holidays.csv", "notes.docx", "x/y.txt", "readme.md"])
def test_whatever_is_no_register_is_refused(tmp_path, name):
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("x")
    with pytest.raises(BookError, match="not read as a register"):
        read_registers([tmp_path])


def test_a_backup_beside_its_register_is_to_be_taken_away(tmp_path):
    (tmp_path / "safeguards.csv").write_text(SAFEGUARDS)
    (tmp_path / "safeguards.csv.bak").write_text(SAFEGUARDS)
    with pytest.raises(BookError) as caught:
        read_registers([tmp_path])
    assert caught.value.cure.startswith("take it away")


def test_a_link_to_nowhere_and_a_link_to_a_folder_are_refused(tmp_path):
    (tmp_path / "safeguards.csv").symlink_to(tmp_path / "nowhere.csv")
    with pytest.raises(BookError):
        read_registers([tmp_path])
    (tmp_path / "safeguards.csv").unlink()
    elsewhere = tmp_path.parent / f"{tmp_path.name}-elsewhere"
    elsewhere.mkdir()
    (tmp_path / "more").symlink_to(elsewhere)
    with pytest.raises(BookError):
        read_registers([tmp_path])


@pytest.mark.parametrize(
    "name", ["README.md", ".DS_Store", "Thumbs.db", ".gitkeep", "~$safeguards.csv"]
)
def test_what_the_system_keeps_for_itself_is_no_register(tmp_path, name):
    (tmp_path / name).write_text("x")
    assert read_registers([tmp_path]).digest == read_registers([]).digest


@pytest.mark.parametrize(
    ("name", "should"),
    [
        ("stay.md.txt", "stay.md"),
        ("stay.MD", "stay.md"),
        ("stay.markdown", "stay.md"),
        ("stay.txt", "stay.md"),
        ("stay", "stay.md"),
        ("stay.md~", "stay.md"),
        ("stay.md.orig", "stay.md"),
        ("#stay.md#", "stay.md"),
        (".stay.md", "stay.md"),
        ("2026/stay.md", "stay.md"),
        ("stay (2).md.txt", "stay.md"),
        ("ddc-2025-11-21.docx", "ddc-2025-11-21.md"),
    ],
)
def test_an_order_under_another_name_is_refused_with_the_name_it_should_have(
    tmp_path, name, should
):
    path = tmp_path / "orders" / name
    path.parent.mkdir(parents=True)
    path.write_text("x")
    with pytest.raises(BookError) as caught:
        read_orders(tmp_path / "orders")
    assert caught.value.where == str(path)
    assert f"`{should}`" in caught.value.cure


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("statutes/usc-26-6103-i-9.MD", "`usc-26-6103-i-9.md`"),
        ("orders/stay.md.txt", "`stay.md`"),
        ("policies/deep/extra.md", "`extra.md`"),
        ("described/more.txt", "`more.md`"),
        ("invariants/more.md.bak", "`more.md`"),
        ("cases/more.yml", "`more.yaml`"),
        ("order/stay.md", "`orders`"),
        ("Statutes/extra.md", "`statutes`"),
        ("stay.md", "statutes"),
    ],
)
def test_a_part_of_the_book_that_nobody_reads_is_refused(tmp_path, name, said):
    book = tmp_path / "book"
    shutil.copytree(shipped_book(), book)
    path = book / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("x")
    with pytest.raises(BookError) as caught:
        read_book(book)
    assert said in caught.value.cure


def test_the_shipped_book_has_nothing_that_nobody_reads():
    assert read_book(shipped_book()).instruments


def test_a_name_tells_as_much_as_it_can():
    names = ("agencies.csv", "safeguards.csv")
    assert proper_name("x/SAFEGUARDS (3).csv.txt~", names, ".csv") == "safeguards.csv"
    assert proper_name("zzz.bin", names, ".csv") is None
