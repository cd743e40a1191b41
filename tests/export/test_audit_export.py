"""An auditor's export: every entry as a row that the log's public key alone confirms."""

import csv
import json
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random
from typing import Any

import pyarrow as pa
import pyarrow.parquet
import pytest
from click.testing import CliRunner, Result

from log_story import ORIGIN, OfficeLog, told_story
from officers import approve_twice, desk_on, first_case
from ostiary.domain.choices import FORMATS
from ostiary.domain.errors import InputError
from ostiary.faces.cli.main import cli
from ostiary.office.release.release import release
from ostiary.verifying.export.check import ExportReport, check_export
from ostiary.verifying.export.files import read_rows
from ostiary.verifying.export.tables import OTHER, TABLES, entry_of, row_of, schema_of, table_of
from ostiary.verifying.export.writing import export_log
from ostiary.verifying.keys.files import new_signing_key
from ostiary.verifying.log.entries import read_entry
from ostiary.verifying.log.faults import FaultError, FaultKind
from ostiary.verifying.log.paths import tile_paths
from ostiary.verifying.log.policies import Witness, quorum_of
from ostiary.verifying.log.reader import TileReader
from ostiary.verifying.log.sources import FolderSource, open_source
from ostiary.verifying.log.tree import inclusion_proof
from ostiary.verifying.log.vkeys import Signer, Verifier
from ostiary.verifying.log.vocabulary import ENTRY_TYPES


@pytest.fixture(scope="module")
def log() -> OfficeLog:
    """Entries of every type, over two bundles and a part."""
    story = told_story(330)
    accepted = next(n for n, body in enumerate(story.entries) if b'"accepted"' in body[:600])
    story.add("case.viewed", of=accepted + 1, officer="-1.2/3")
    story.add("release.stopped", of=accepted + 1, mask="1e5", on="2025-09-01")
    return story


@pytest.fixture(scope="module")
def exported(log: OfficeLog, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export")
    log.publish(folder / "log")
    with open_source(folder / "log") as source:
        export_log(source, folder / "out")
    return folder / "out"


@pytest.fixture
def copy(exported: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(exported, tmp_path / "out"))


def check(log: OfficeLog, folder: Path) -> ExportReport:
    return check_export(folder, [log.signer.verifier.vkey])


def rewrite_csv(path: Path, change: Any) -> None:
    with path.open(newline="") as file:
        rows = list(csv.reader(file))
    change(rows)
    with path.open("w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def test_every_entry_is_a_row_and_every_row_holds(log: OfficeLog, exported: Path) -> None:
    report = check(log, exported)
    assert report.faults == ()
    assert (report.origin, report.size) == (ORIGIN, len(log.entries))
    for kind in FORMATS:
        counted = {name: rows for name, rows in report.rows.items() if name.endswith(kind)}
        assert set(counted) == {f"{table}.{kind}" for table in TABLES}
        assert sum(counted.values()) == len(log.entries)


@pytest.mark.parametrize("kind", FORMATS)
def test_from_its_row_an_entry_is_made_again_byte_by_byte(
    log: OfficeLog, exported: Path, kind: str
) -> None:
    made = {
        int(row["entry"]): entry_of(row)
        for table in TABLES
        for row in read_rows(exported / f"{table}.{kind}", table)
    }
    assert [made[n] for n in range(len(log.entries))] == log.entries


def test_what_an_auditor_asks_for_has_a_table_of_its_own(exported: Path) -> None:
    for table in ("requests", "disclosures", "decisions", "approvals", "access", "rules"):
        rows = pa.parquet.read_table(exported / f"{table}.parquet").to_pylist()
        assert rows, table
        assert {row["type"] for row in rows} <= set(TABLES[table])
        assert all(row["proof"] and row["leaf"] for row in rows)


def test_every_type_of_entry_has_a_place() -> None:
    placed = [entry_type for types in TABLES.values() for entry_type in types]
    assert len(placed) == len(set(placed))
    assert set(placed) <= set(ENTRY_TYPES)
    assert table_of("something.new") == OTHER


def test_a_type_without_a_table_of_its_own_loses_nothing(
    log: OfficeLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Types that come later stand in `other`, whole."""
    monkeypatch.setitem(TABLES, "files", ("office.opened",))
    index = next(n for n, body in enumerate(log.entries) if b"batch.received" in body)
    row = row_of(index, read_entry(log.entries[index]), bytes(32), [])
    assert set(row) == set(schema_of(OTHER).names)
    assert entry_of(row) == log.entries[index]


def test_a_spreadsheet_finds_no_formula(exported: Path) -> None:
    for path in exported.glob("*.csv"):
        with path.open(newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert "'-1.2/3" in (exported / "access.csv").read_text()


def test_nothing_but_what_the_log_publishes_is_in_it(log: OfficeLog, exported: Path) -> None:
    """Every text cell is a part of its entry, its hash or its proof."""
    for table in TABLES:
        for row in read_rows(exported / f"{table}.parquet", table):
            body = log.entries[row["entry"]].decode()
            own = {name: cell for name, cell in row.items() if name not in {"leaf", "proof"}}
            del own["entry"]
            assert all(str(cell) in body for cell in own.values() if cell is not None)


@pytest.mark.parametrize("size", [1, 2, 255, 256, 257, 511, 512, 600])
def test_the_paths_of_a_whole_bundle_are_those_of_its_entries(
    log: OfficeLog, tmp_path: Path, size: int
) -> None:
    log.publish(tmp_path, size)
    reader = TileReader(FolderSource(tmp_path), size)
    for number in range(-(-size // 256)):
        for index, path in enumerate(tile_paths(reader, number), number * 256):
            assert path == inclusion_proof(index, size, reader.node)


def change_cell(rows: list[list[str]], random: Random, column: str) -> int:
    row = random.randrange(1, len(rows))
    at = rows[0].index(column)
    cell = rows[row][at]
    end = random.randrange(len(cell))
    rows[row][at] = cell[:end] + ("a" if cell[end] != "a" else "b") + cell[end + 1 :]
    return row


@pytest.mark.parametrize("column", ["at", "agency", "status", "mask", "content", "leaf", "proof"])
@pytest.mark.parametrize("seed", range(3))
def test_a_changed_cell_is_found_and_named(
    log: OfficeLog, copy: Path, column: str, seed: int
) -> None:
    named = []
    rewrite_csv(
        copy / "requests.csv",
        lambda rows: named.append(change_cell(rows, Random(f"{column}{seed}"), column)),
    )
    report = check(log, copy)
    [first, missing] = report.faults
    assert first.kind is FaultKind.EXPORT
    assert f"requests.csv, row {named[0]}:" in first.message
    assert missing.message.startswith("1 entries stand in no csv table")
    assert missing.index == first.index


def test_a_row_under_another_number_is_found(log: OfficeLog, copy: Path) -> None:
    def exchange(rows: list[list[str]]) -> None:
        rows[1][0], rows[2][0] = rows[2][0], rows[1][0]

    rewrite_csv(copy / "approvals.csv", exchange)
    report = check(log, copy)
    assert [fault.message.partition(":")[0] for fault in report.faults[:2]] == [
        "approvals.csv, row 1",
        "approvals.csv, row 2",
    ]


def test_a_row_left_out_is_missed_and_one_put_in_twice_is_seen(log: OfficeLog, copy: Path) -> None:
    def drop_and_repeat(rows: list[list[str]]) -> None:
        del rows[5]
        rows.append(rows[7])

    rewrite_csv(copy / "disclosures.csv", drop_and_repeat)
    twice, missing = check(log, copy).faults
    assert "a second time" in twice.message
    assert "stand in no csv table" in missing.message
    assert b"answer.released" in log.entries[missing.index or 0]


def test_a_table_left_out_is_missed(log: OfficeLog, copy: Path) -> None:
    (copy / "disclosures.parquet").unlink()
    [fault] = check(log, copy).faults
    assert fault.message.startswith("110 entries stand in no parquet table")


def test_an_invented_row_is_found(log: OfficeLog, copy: Path) -> None:
    table = pa.parquet.read_table(copy / "rules.parquet")
    rows = table.to_pylist()
    rows.append({**rows[0], "entry": len(log.entries)})
    rows.append({**rows[0], "entry": None})
    rows.append({**rows[0], "entry": -1})
    rows.append({**rows[0], "proof": "AAAA"})
    rows.append({**rows[0], "proof": "*"})
    rows.append({**rows[0], "type": "law.unmade"})
    rows.append({**rows[0], "people": 5})
    pa.parquet.write_table(pa.Table.from_pylist(rows, schema=table.schema), copy / "rules.parquet")
    report = check(log, copy)
    assert [fault.message.partition(":")[0] for fault in report.faults] == [
        f"rules.parquet, row {row}" for row in range(len(rows) - 6, len(rows) + 1)
    ]


@pytest.mark.parametrize("name", ["requests.csv", "requests.parquet"])
def test_a_table_cut_or_with_other_columns_is_a_fault_and_no_crash(
    log: OfficeLog, copy: Path, name: str
) -> None:
    path = copy / name
    whole = path.read_bytes()
    for part in (b"", whole[: len(whole) // 2], b"\xff\xfe" + whole, b"entry,type\n1,2\n"):
        path.write_bytes(part)
        assert name in {fault.path for fault in check(log, copy).faults} | {
            fault.message.partition(",")[0] for fault in check(log, copy).faults
        }


def test_a_checkpoint_of_another_key_is_not_believed(log: OfficeLog, copy: Path) -> None:
    assert log.entries
    other = Signer(ORIGIN, new_signing_key()).verifier
    report = check_export(copy, [other.vkey])
    assert [(str(fault.kind), fault.path) for fault in report.faults] == [
        ("checkpoint", "checkpoint")
    ]
    assert report.rows == {}


def test_each_of_the_keys_and_the_witnesses_are_asked_for(log: OfficeLog, copy: Path) -> None:
    own = log.signer.verifier
    other = Signer(ORIGIN, new_signing_key()).verifier
    assert check_export(copy, [own.vkey, other.vkey]).fault_count == 0
    assert check_export(copy, [own.vkey, other.vkey], every=True).fault_count == 1
    key = new_signing_key().public_key()
    witness = Verifier("witness.example", key, cosigner=True)
    policy = quorum_of([Witness("w", witness)], 1)
    assert check_export(copy, [own.vkey], policy=policy).fault_count == 1


def test_a_log_that_is_not_whole_is_not_exported(log: OfficeLog, tmp_path: Path) -> None:
    log.publish(tmp_path / "log")
    bundle = tmp_path / "log" / "tile/entries/001"
    bundle.write_bytes(bundle.read_bytes().replace(b'"mask":"a0"', b'"mask":"a1"', 1))
    with open_source(tmp_path / "log") as source, pytest.raises(FaultError):
        export_log(source, tmp_path / "out")
    assert [path.name for path in tmp_path.iterdir()] == ["log"]


def test_what_is_there_already_is_not_written_over(log: OfficeLog, exported: Path) -> None:
    assert log.entries
    before = {path.name: path.read_bytes() for path in exported.iterdir()}
    with (
        open_source(exported.parent / "log") as source,
        pytest.raises(InputError, match="there already"),
    ):
        export_log(source, exported)
    assert {path.name: path.read_bytes() for path in exported.iterdir()} == before


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(one) for one in arguments])


@pytest.fixture
def served(exported: Path) -> Iterator[str]:
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    handler = partial(Quiet, directory=str(exported.parent / "log"))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_a_log_on_the_web_gives_the_same(exported: Path, served: str, tmp_path: Path) -> None:
    done = run("accounting", "export", served, "--out", tmp_path / "out", "--format", "csv")
    assert done.exit_code == 0, done.output
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {"checkpoint", *(f"{table}.csv" for table in TABLES)}
    for name in names:
        assert (tmp_path / "out" / name).read_bytes() == (exported / name).read_bytes()


def test_an_office_is_exported_and_checked_with_its_public_keys_alone(
    office: Path, tmp_path: Path
) -> None:
    with desk_on(office) as (place, desk):
        approve_twice(desk, office, first_case(desk).request.request_id)
        release(place)
    out, keys = tmp_path / "out", tmp_path / "custodian.pub"
    done = run("accounting", "export", office, "--out", out, "--json")
    assert done.exit_code == 0, done.output
    rows = json.loads(done.stdout)["rows"]
    assert (rows["requests"], rows["disclosures"], rows["approvals"]) == (596, 1, 2)
    shutil.copy(office / "accounting" / "custodian.pub", keys)
    shutil.rmtree(office)
    checked = run("accounting", "verify-export", out, "--public-key", keys, "--json")
    assert checked.exit_code == 0, checked.output
    assert json.loads(checked.stdout)["sound"] is True
    rewrite_csv(out / "requests.csv", lambda rows: rows.pop())
    assert run("accounting", "verify-export", out, "--public-key", keys).exit_code == 1


def test_without_a_key_or_an_export_the_usage_is_bad(exported: Path, tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_text("-")
    for arguments in (
        ["verify-export", exported],
        ["verify-export", tmp_path / "nowhere", "--public-key", key],
        ["export", tmp_path, "--out", tmp_path / "out"],
        ["export", exported.parent / "log", "--out", exported],
    ):
        done = run("accounting", *arguments)
        assert isinstance(done.exception, InputError), arguments
