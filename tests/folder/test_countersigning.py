"""An office whose log is countersigned: what witnesses get to see, and what waits for them."""

import json
import logging
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from officers import approve_twice, desk_on, first_case
from ostiary.domain.errors import FaultError, InputError, NotAllowedError, OfficeError
from ostiary.faces.cli.main import cli
from ostiary.office.cases.officers import recipients_of
from ostiary.office.recovery.entering import at_work
from ostiary.office.release.release import release
from ostiary.verifying.answers.faults import UnprovenError
from ostiary.verifying.answers.opening import OpenedAnswer, open_answer
from ostiary.verifying.answers.trust import TRUST_FILE, read_trust
from ostiary.verifying.keys.files import read_opening_key
from ostiary.verifying.log.checkpoints import open_checkpoint
from ostiary.verifying.log.policies import Policy, quorum_of
from ostiary.verifying.witness.folder import WitnessFolder
from witnesses import Running, Script, countersign, new_witness, running, scripted, watch

NOWHERE = "http://127.0.0.1:9"
UNBUFFERED = os.environ | {"PYTHONUNBUFFERED": "1"}


def published(office: Path) -> bytes:
    return (office / "accounting" / "checkpoint").read_bytes()


def needs(*witnesses: Running, quorum: int, key: int = 0) -> Policy:
    return quorum_of([one.cosigner(key) for one in witnesses], quorum)


def listed(witness: Running, key: int = 0) -> tuple[str, str]:
    return witness.url, witness.keys[key].vkey


def approved(office: Path) -> str:
    with desk_on(office) as (_, desk):
        request = first_case(desk).request.request_id
        approve_twice(desk, office, request)
        return request


def opened(office: Path, world: Path, request: str, path: str, policy: Policy) -> OpenedAnswer:
    with desk_on(office) as (_, desk):
        recipient = recipients_of(desk.case(request))[0]
    return open_answer(
        Path(path).read_bytes(),
        read_opening_key(world / "recipients" / f"{recipient}.pem"),
        read_trust(office / "accounting" / TRUST_FILE),
        today=datetime.now(UTC).date(),
        policy=policy,
    )


@pytest.mark.parametrize("key", [0, 1], ids=["ml-dsa-44", "ed25519"])
def test_what_an_office_publishes_is_countersigned(office: Path, tmp_path: Path, key: int) -> None:
    with running(watch(office, tmp_path / "w")) as witness:
        countersign(office, listed(witness, key), quorum=1)
        with at_work(office):
            pass
        policy = needs(witness, quorum=1, key=key)
        assert [one.verifier.name for one in policy.check(published(office))] == [
            "witness.example/w1"
        ]
    trust = read_trust(office / "accounting" / TRUST_FILE)
    assert len(trust.logs) == 2, "Ed25519, and ML-DSA-44 beside it"
    assert open_checkpoint(published(office), trust.logs, every=True).origin == trust.origin


def test_an_answer_carries_its_witnesses(office: Path, world: Path, tmp_path: Path) -> None:
    with running(watch(office, tmp_path / "w")) as witness:
        countersign(office, listed(witness), quorum=1)
        request = approved(office)
        with desk_on(office) as (place, _):
            ((_, path),) = release(place, request).answers
        policy = needs(witness, quorum=1)
    assert opened(office, world, request, path, policy).statement.request_id == request
    stranger = quorum_of([_cosigner(new_witness(tmp_path / "s", "stranger.example"))], 1)
    with pytest.raises(UnprovenError, match="not enough"):
        opened(office, world, request, path, stranger)


def _cosigner(folder: WitnessFolder):
    return Running(folder, 0).cosigner()


def test_without_its_quorum_nothing_is_released_and_then_it_is(
    office: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    request = approved(office)
    kept = watch(office, tmp_path / "w")
    countersign(office, (NOWHERE, Running(kept, 0).keys[0].vkey), quorum=1)
    with (
        caplog.at_level(logging.WARNING),
        desk_on(office) as (place, _),
        pytest.raises(NotAllowedError, match="too few witnesses"),
    ):
        release(place, request)
    assert "answers are held back" in caplog.text
    assert "witness.example/w1 did not cosign" in caplog.text
    assert not list((office / "answers").glob("*.answer"))
    with running(kept) as witness:
        countersign(office, listed(witness), quorum=1)
        with desk_on(office) as (place, _):
            assert len(release(place, request).answers) == 1


def test_a_witness_lost_in_the_middle_holds_the_answer_until_it_is_back(
    office: Path, tmp_path: Path
) -> None:
    request = approved(office)
    kept = watch(office, tmp_path / "w")
    with running(kept) as witness:
        countersign(office, listed(witness), quorum=1)
        desk = desk_on(office)
        place, _ = desk.__enter__()
    assert release(place, request).answers == (), "stored and logged, but not laid out"
    desk.__exit__(None, None, None)
    assert not list((office / "answers").glob("*.answer"))
    with running(kept) as witness:
        countersign(office, listed(witness), quorum=1)
        with at_work(office):
            pass
        (laid_out,) = (office / "answers").glob("*.answer")
        checkpoint = json.loads(laid_out.read_text())["proof"].partition("\n\n")[2]
        assert needs(witness, quorum=1).check(checkpoint.encode())


def test_an_office_may_choose_to_be_warned_only(office: Path, tmp_path: Path) -> None:
    request = approved(office)
    key = Running(new_witness(tmp_path / "w"), 0).keys[0].vkey
    countersign(office, (NOWHERE, key), quorum=1, without="publish")
    with desk_on(office) as (place, _):
        assert len(release(place, request).answers) == 1


def test_two_of_three_suffice(office: Path, tmp_path: Path) -> None:
    folders = [watch(office, tmp_path / f"w{n}", f"witness.example/w{n}") for n in range(3)]
    with running(folders[0]) as one, running(folders[1]) as two:
        absent = (NOWHERE, Running(folders[2], 0).keys[0].vkey)
        countersign(office, listed(one), absent, listed(two), quorum=2)
        with at_work(office) as place:
            assert place.answers_may_leave()
        assert len(needs(one, two, quorum=2).check(published(office))) == 2


def test_a_witness_that_joins_late_is_told_everything_it_needs(
    office: Path, tmp_path: Path
) -> None:
    """It cosigned a checkpoint that the office has forgotten about: it says which."""
    kept = watch(office, tmp_path / "w")
    with running(kept) as witness:
        countersign(office, listed(witness), quorum=1)
        with at_work(office):
            pass
        countersign(office, quorum=0)
        approved(office)
        assert not needs(witness, quorum=1).cosigners(published(office))
        countersign(office, listed(witness), quorum=1)
        with at_work(office):
            pass
        assert needs(witness, quorum=1).check(published(office))


class Forger(Script):
    def posted(self, _: bytes) -> tuple[int, bytes]:
        return 200, "— witness.example/w1 AAAAAAAAAAAAAAAA\n".encode()


class Babbler(Script):
    def posted(self, _: bytes) -> tuple[int, bytes]:
        return 200, b"x" * 3_000_000


class Mover(Script):
    def posted(self, _: bytes) -> tuple[int, bytes]:
        return 301, b""


class Conflicted(Script):
    def posted(self, _: bytes) -> tuple[int, bytes]:
        return 409, b"99999999999999999999\n"


class Boaster(Script):
    """Says that it has seen far more than there is; shows nothing."""

    def posted(self, _: bytes) -> tuple[int, bytes]:
        return 409, b"1000000\n"


class Accuser(Script):
    def posted(self, _: bytes) -> tuple[int, bytes]:
        return 422, b"fork!\n"

    def got(self) -> tuple[int, bytes]:
        return 200, b"origin\n5\nAAAA\n\n"


@pytest.mark.parametrize("script", [Forger, Babbler, Mover, Conflicted, Boaster, Accuser, Script])
def test_a_witness_that_lies_stops_nobody_but_itself(
    office: Path, tmp_path: Path, script: type[Script], caplog: pytest.LogCaptureFixture
) -> None:
    with running(watch(office, tmp_path / "w")) as honest, scripted(script) as url:
        liar = Running(new_witness(tmp_path / "liar", "witness.example/w1b"), 0).keys[0].vkey
        countersign(office, listed(honest), (url, liar), quorum=1)
        with caplog.at_level(logging.WARNING), at_work(office) as place:
            assert place.answers_may_leave()
        assert "w1b did not cosign" in caplog.text


@pytest.mark.parametrize(
    "table",
    [
        "witnesses = 5",
        "witnesses = [5]",
        'witnesses = [{ url = "https://w.example" }]',
        'witnesses = [{ url = 5, key = "k" }]',
        'witnesses = [{ url = "https://w.example", key = "k", more = "x" }]',
        "quorum = 1",
        "quorum = -1",
        "quorum = true",
        'without_quorum = "perhaps"',
        "witness = []",
    ],
)
def test_settings_that_cannot_be_are_refused(office: Path, table: str) -> None:
    kept = (office / "office.toml").read_text().partition("\n[accounting]\n")[0]
    (office / "office.toml").write_text(f"{kept}\n[accounting]\n{table}\n")
    with pytest.raises(OfficeError), at_work(office):
        pass


@pytest.mark.parametrize(
    "url", ["ftp://w.example", "https://", "https://a:99999", "w.example", "http://u:p@w"]
)
def test_addresses_that_are_none_are_refused(office: Path, tmp_path: Path, url: str) -> None:
    countersign(office, (url, Running(new_witness(tmp_path / "w"), 0).keys[0].vkey), quorum=1)
    with pytest.raises(InputError), at_work(office):
        pass


def test_a_key_that_is_no_witnesss_is_refused(office: Path) -> None:
    log = read_trust(office / "accounting" / TRUST_FILE).log.vkey
    countersign(office, (NOWHERE, log), quorum=1)
    with pytest.raises(InputError), at_work(office):
        pass


def test_an_office_from_before_there_were_witnesses_still_works(office: Path) -> None:
    for half in ("key", "pub"):
        (office / "keys" / f"log-ml-dsa.{half}").unlink()
    for folder in ("accounting", "answers"):
        (office / folder / TRUST_FILE).unlink()
    countersign(office, quorum=0)
    with at_work(office) as place:
        assert place.beside == ()
    assert run("accounting", "verify", office / "accounting")["sound"]


def test_half_a_post_quantum_key_is_no_key(office: Path) -> None:
    (office / "keys" / "log-ml-dsa.key").unlink()
    with pytest.raises(InputError), at_work(office):
        pass


def run(*arguments: object) -> dict[str, Any]:
    done = CliRunner().invoke(cli, [*map(str, arguments), "--json"])
    if done.exception and not isinstance(done.exception, FaultError):
        raise done.exception
    return json.loads(done.stdout)


def test_a_witness_is_run_from_the_command_line(office: Path, tmp_path: Path) -> None:
    folder, log = tmp_path / "w", office / "accounting"
    made = run("witness", "init", folder, "witness.example/w1")
    added = run("witness", "add-log", folder, log / TRUST_FILE)
    assert [len(one["keys"]) for one in added["logs"]] == [2]
    assert run("witness", "show", folder) == added
    vkey = made["keys"]["ml-dsa-44-cosignature"]
    with running(WitnessFolder(folder)) as witness:
        countersign(office, (witness.url, vkey), quorum=1)
        with at_work(office):
            pass
        refused = CliRunner().invoke(cli, ["witness", "serve", str(folder), "--port", "0"])
        assert "serves this witness already" in str(refused.exception)
    assert run("accounting", "verify", log, "--witness", vkey)["witnesses"] == [
        "witness.example/w1"
    ]
    policy = tmp_path / "policy"
    keys = read_trust(log / TRUST_FILE).logs
    lines = [f"log {keys[0].vkey}", f"witness w {vkey} {witness.url}", "quorum w"]
    policy.write_text("".join(f"{line}\n" for line in lines))
    found = run("accounting", "verify", log, "--policy", policy)
    assert (found["sound"], found["keys"]) == (True, [keys[0].vkey])
    other = made["keys"]["ed25519-cosignature"]
    (fault,) = run("accounting", "verify", log, "--witness", other)["faults"]
    assert fault.startswith("witness: checkpoint: 0 of the 1 witnesses")
    found = run("accounting", "verify", log, "--witness", other, "--witness", vkey)
    assert found["sound"], "two keys of one name are one witness"


def test_a_witness_serves_until_it_is_interrupted(office: Path, tmp_path: Path) -> None:
    kept = watch(office, tmp_path / "w")
    command = [sys.executable, "-m", "ostiary", "witness", "serve", str(kept.root), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=UNBUFFERED) as program:
        said = program.stdout.readline()
        url = said.split()[-1]
        countersign(office, (url, Running(kept, 0).keys[0].vkey), quorum=1)
        with at_work(office) as place:
            assert place.answers_may_leave()
        program.send_signal(signal.SIGINT)
        assert program.wait(20) == 0
        assert "ended" in program.stdout.read()
