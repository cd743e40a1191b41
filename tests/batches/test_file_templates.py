"""A template's rows pass as they are, in every form, for every gateway that can be asked under."""

import csv
from datetime import date

import pytest
from click.testing import CliRunner

from ostiary.deciding.intake.reference import read_reference
from ostiary.deciding.intake.registers import read_registers
from ostiary.deciding.law.shipped import shipped_book
from ostiary.domain.errors import InputError
from ostiary.domain.register_columns import REGISTERS
from ostiary.faces.cli.main import cli
from ostiary.office.batches.file_templates import gateways, write_templates
from ostiary.office.batches.law_check import check_file

RECEIVED = date(2025, 8, 6)


@pytest.mark.parametrize("provision", gateways())
def test_requests_of_each_gateway_pass_as_they_are(tmp_path, provision):
    made = write_templates("requests", tmp_path / "t", provision=provision)
    received = date.fromisoformat(made["received"])
    for form in ("csv", "xlsx", "parquet"):
        path, registers = tmp_path / "t" / f"requests.{form}", tmp_path / "t" / "registers"
        found = check_file(path, received, registers=[registers])
        assert (found["sums"]["sent"], found["sums"]["accepted"]) == (3, 3)


def test_people_are_read_in_each_form(tmp_path, con):
    write_templates("reference", tmp_path / "t")
    for form in ("csv", "xlsx", "parquet"):
        assert read_reference(con, tmp_path / "t" / f"people.{form}", "people") == 3


@pytest.mark.parametrize("name", REGISTERS)
def test_a_register_is_read(tmp_path, name):
    write_templates(name, tmp_path / "t")
    (tmp_path / "t" / "columns.csv").rename(tmp_path / "columns.csv")
    read_registers([shipped_book() / "cases" / "registers", tmp_path / "t"])
    with (tmp_path / "columns.csv").open(encoding="utf-8-sig", newline="") as file:
        told = [row["column"] for row in csv.DictReader(file)]
    assert told == [column.name for column in REGISTERS[name]]


def test_an_unknown_gateway_names_those_there_are(tmp_path):
    with pytest.raises(InputError) as caught:
        write_templates("requests", tmp_path / "t", provision="/us/usc/t26/s6103/z")
    assert "/us/usc/t26/s6103/i/2" in caught.value.cure
    assert not (tmp_path / "t").exists()


def test_the_command_says_how_to_check_what_it_made(tmp_path):
    done = CliRunner().invoke(cli, ["template", "--out", str(tmp_path / "t")])
    assert done.exit_code == 0
    assert "ostiary check" in done.output
