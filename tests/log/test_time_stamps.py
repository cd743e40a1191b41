"""RFC 3161 time-stamps on checkpoints; OpenSSL's responder is the authority."""

import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from cryptography import x509
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rfc3161_client import HashAlgorithm, TimestampRequestBuilder, decode_timestamp_response

from authorities import Authority, new_authority, openssl_accepts
from commands import ostiary
from log_story import OfficeLog, kinds, rewrite_and_sign, told_story
from ostiary.domain.errors import InputError
from ostiary.faces.cli.main import cli
from ostiary.office.recovery.entering import at_work
from ostiary.verifying.log.certificate_order import in_order
from ostiary.verifying.log.faults import StampError
from ostiary.verifying.log.sources import open_source
from ostiary.verifying.log.stamped_log import await_stamp, awaiting, keep_stamp, stamped_sizes
from ostiary.verifying.log.time_stamps import (
    ask_authority,
    check_token,
    read_authorities,
    stamp_query,
    stamped_content,
)
from ostiary.verifying.log.verify import LogReport, verify_log
from witnesses import Script, scripted


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return new_authority(tmp_path_factory.mktemp("tsa") / "tsa")


@pytest.fixture(scope="module")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return new_authority(tmp_path_factory.mktemp("tsa") / "stranger", "stranger.example")


@pytest.fixture
def log(tmp_path: Path) -> OfficeLog:
    story = told_story(12)
    story.publish(tmp_path / "log")
    return story


def note_of(folder: Path) -> bytes:
    return (folder / "checkpoint").read_bytes()


def stamped(log: OfficeLog, folder: Path, authority: Authority) -> None:
    assert log.entries
    note = note_of(folder)
    keep_stamp(folder, note, authority.answer(stamp_query(note)))


def roots(*authorities: Authority):
    return [
        one
        for each in authorities
        for one in read_authorities(each.certificate.read_bytes(), where="root.pem")
    ]


def audit(log: OfficeLog, folder: Path, *authorities: Authority) -> LogReport:
    with open_source(folder) as source:
        keys = [log.signer.verifier.vkey]
        return verify_log(source, keys, authorities=roots(*authorities))


def test_a_stamped_checkpoint_is_shown_to_have_been_there(
    log: OfficeLog, tmp_path: Path, authority: Authority
) -> None:
    stamped(log, tmp_path / "log", authority)
    report = audit(log, tmp_path / "log", authority)
    (stamp,) = report.stamps
    assert report.is_sound
    assert (stamp.size, stamp.is_believed) == (len(log.entries), True)
    assert abs(datetime.now(UTC) - stamp.at) < timedelta(minutes=5)


def test_openssl_accepts_what_is_kept(
    log: OfficeLog, tmp_path: Path, authority: Authority, stranger: Authority
) -> None:
    stamped(log, tmp_path / "log", authority)
    kept = tmp_path / "log" / "timestamps" / str(len(log.entries))
    token, note = kept.with_suffix(".tsr"), kept.with_suffix(".checkpoint")
    assert openssl_accepts(authority, token, note)
    assert not openssl_accepts(stranger, token, note)


def test_a_stamp_outlives_the_growth_of_the_log(
    log: OfficeLog, tmp_path: Path, authority: Authority
) -> None:
    stamped(log, tmp_path / "log", authority)
    log.adopt("another")
    log.publish(tmp_path / "log")
    stamped(log, tmp_path / "log", authority)
    report = audit(log, tmp_path / "log", authority)
    assert report.is_sound
    assert [one.size for one in report.stamps] == [len(log.entries) - 1, len(log.entries)]


def test_without_a_certificate_a_stamp_is_told_but_not_believed(
    log: OfficeLog, tmp_path: Path, authority: Authority
) -> None:
    stamped(log, tmp_path / "log", authority)
    report = audit(log, tmp_path / "log")
    assert report.is_sound
    assert [one.is_believed for one in report.stamps] == [False]


def test_a_stamp_of_another_authority_is_a_fault(
    log: OfficeLog, tmp_path: Path, authority: Authority, stranger: Authority
) -> None:
    stamped(log, tmp_path / "log", stranger)
    assert kinds(audit(log, tmp_path / "log", authority)) == {"timestamp"}
    assert audit(log, tmp_path / "log", authority, stranger).is_sound


def test_a_log_rewritten_since_its_stamp_is_a_fork(
    log: OfficeLog, tmp_path: Path, authority: Authority
) -> None:
    folder = tmp_path / "log"
    stamped(log, folder, authority)
    for entries in ([*log.entries[:-1], log.entries[3]], log.entries[:-1]):
        shutil.copytree(folder / "timestamps", tmp_path / "kept")
        rewrite_and_sign(folder, entries, log.signer)
        shutil.move(tmp_path / "kept", folder / "timestamps")
        assert "fork" in kinds(audit(log, folder, authority))


@pytest.mark.parametrize("harm", ["token", "checkpoint", "no token", "no checkpoint", "swapped"])
def test_harm_to_a_stamp_is_found_and_named(
    log: OfficeLog, tmp_path: Path, authority: Authority, harm: str
) -> None:
    folder = tmp_path / "log"
    stamped(log, folder, authority)
    kept = folder / "timestamps" / str(len(log.entries))
    token, note = kept.with_suffix(".tsr"), kept.with_suffix(".checkpoint")
    if harm == "token":
        token.write_bytes(token.read_bytes()[:-1] + bytes([token.read_bytes()[-1] ^ 1]))
    elif harm == "checkpoint":
        note.write_bytes(note.read_bytes().replace(b"ostiary", b"0stiary", 1))
    elif harm == "swapped":
        token.write_bytes(authority.answer(stamp_query(b"something else")))
    else:
        (token if harm == "no token" else note).unlink()
    (fault,) = audit(log, folder, authority).faults
    assert str(fault).startswith("timestamp: timestamps/")


@pytest.mark.parametrize(
    "index", [b"\xff\n", b"x\n", b"-1\n", b"05\n", b"1\n\n2\n", b"9" * 50 + b"\n", b"../x\n"]
)
def test_an_index_that_is_none_is_a_fault(log: OfficeLog, tmp_path: Path, index: bytes) -> None:
    (tmp_path / "log" / "timestamps").mkdir()
    (tmp_path / "log" / "timestamps" / "index").write_bytes(index)
    assert kinds(audit(log, tmp_path / "log")) == {"timestamp"}


def test_the_first_stamp_of_a_checkpoint_stays(
    log: OfficeLog, tmp_path: Path, authority: Authority, stranger: Authority
) -> None:
    stamped(log, tmp_path / "log", authority)
    stamped(log, tmp_path / "log", stranger)
    assert stamped_sizes(tmp_path / "log") == [len(log.entries)]
    assert audit(log, tmp_path / "log", authority).is_sound


def test_a_checkpoint_awaits_its_stamp_while_the_log_grows(
    log: OfficeLog, tmp_path: Path, authority: Authority
) -> None:
    folder = tmp_path / "log"
    note = note_of(folder)
    await_stamp(folder, note)
    log.adopt("another")
    log.publish(folder)
    assert awaiting(folder) == [note]
    assert audit(log, folder, authority).stamps == (), "what only awaits its stamp has none"
    keep_stamp(folder, note, authority.answer(stamp_query(note)))
    assert awaiting(folder) == []


def test_an_authority_is_asked_over_http(authority: Authority) -> None:
    with authority.serving() as url:
        token = ask_authority(url, b"content")
    assert check_token(token, b"content", roots(authority)) == stamped_content(token, b"content")
    for content in (b"other", b""):
        with pytest.raises(StampError, match="something else"):
            check_token(token, content, roots(authority))


def test_an_old_answer_replayed_is_no_answer(authority: Authority) -> None:
    old = authority.answer(stamp_query(b"content"))

    class Replay(Script):
        def posted(self, _: bytes) -> tuple[int, bytes]:
            return 200, old

    with scripted(Replay) as url, pytest.raises(StampError, match="another query"):
        ask_authority(url, b"content")


def test_an_authority_that_refuses_is_believed_to_refuse(tmp_path: Path) -> None:
    other = new_authority(tmp_path / "tsa", digests="sha512")
    with other.serving() as url, pytest.raises(StampError, match="no granted"):
        ask_authority(url, b"content")


@pytest.mark.parametrize("reply", [(500, b""), (301, b""), (200, b"x" * 1_000_000)])
def test_an_authority_that_misbehaves_is_bad_luck(reply: tuple[int, bytes]) -> None:
    class Bad(Script):
        def posted(self, _: bytes) -> tuple[int, bytes]:
            return reply

    with scripted(Bad) as url, pytest.raises(InputError):
        ask_authority(url, b"content")


@pytest.mark.parametrize("token", [b"", b"x", b"\x30\x80", b"\x30\x03\x02\x01\x00" * 9])
def test_what_is_no_token_is_refused(token: bytes, authority: Authority) -> None:
    with pytest.raises(StampError):
        check_token(token, b"content", roots(authority))


@settings(
    max_examples=150,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.data())
def test_no_changed_byte_of_a_token_makes_another_moment(
    authority: Authority, data: st.DataObject
) -> None:
    """A changed byte is refused, or is one that nobody signed and that changes nothing."""
    token = bytearray(genuine(authority))
    at = data.draw(st.integers(0, len(token) - 1))
    token[at] ^= data.draw(st.integers(1, 255))
    try:
        moment = check_token(bytes(token), b"content", roots(authority))
    except StampError:
        return
    assert moment == check_token(genuine(authority), b"content", roots(authority))


def test_a_certificate_that_breaks_its_standard_is_refused(authority: Authority) -> None:
    """A serial number may not be negative (RFC 5280, 4.1.2.2)."""
    token = genuine(authority)
    (carried,) = decode_timestamp_response(token).signed_data.certificates
    number = x509.load_der_x509_certificate(carried).serial_number
    length = number.bit_length() // 8 + 1
    serial = bytes([2, length]) + number.to_bytes(length, "big")
    negative = serial[:2] + bytes([0x80]) + serial[3:]
    with pytest.raises(StampError):
        check_token(token.replace(serial, negative), b"content", roots(authority))


@pytest.mark.parametrize("kind", ["EC", "RSA"])
def test_a_chain_is_taken_in_whatever_order_an_authority_writes_it(
    tmp_path: Path, kind: str
) -> None:
    """The set of certificates is not signed: OpenSSL writes the signer first, DER sorts."""
    authority = new_authority(tmp_path / "tsa", kind=kind)
    others = [new_authority(tmp_path / f"other-{n}").certificate for n in range(3)]
    authority.carry(*others, authority.certificate)
    token = authority.answer(stamp_query(b"content"))
    moment = stamped_content(token, b"content")
    assert check_token(token, b"content", roots(authority)) == moment
    (tmp_path / "content").write_bytes(b"content")
    (tmp_path / "sorted").write_bytes(in_order(token))
    assert openssl_accepts(authority, tmp_path / "sorted", tmp_path / "content")
    assert sorted(in_order(token)) == sorted(token)
    assert in_order(in_order(token)) == in_order(token)


@settings(max_examples=200)
@given(st.binary(max_size=60) | st.binary(max_size=60).map(lambda rest: b"\x30\x3e" + rest))
def test_what_is_no_response_is_put_into_no_order(noise: bytes) -> None:
    assert in_order(noise) == noise


VARIANTS = [
    {"signer_digest": digest, "ess_cert_id_alg": ess, **more}
    for digest in ("sha256", "sha384", "sha512")
    for ess in ("sha1", "sha512")
    for more in (
        {},
        {"accuracy": "secs:1, millisecs:500, microsecs:100", "ordering": "yes", "tsa_name": "yes"},
    )
]


@pytest.mark.parametrize("kind", ["EC", "RSA"])
def test_every_variant_of_an_authority_is_taken(tmp_path: Path, kind: str) -> None:
    """With and without certificates, nonce, order and accuracy, by each digest."""
    digests = [HashAlgorithm.SHA256, HashAlgorithm.SHA512]  # those that the library asks with
    authority = new_authority(tmp_path / "tsa", digests="sha256, sha384, sha512", kind=kind)
    signer = read_authorities((authority.folder / "tsa.pem").read_bytes(), where="tsa.pem")
    for number, variant in enumerate(VARIANTS):
        authority.set(**variant)
        carries, has_nonce = number % 3 > 0, number % 2 > 0
        asking = TimestampRequestBuilder().data(b"content").hash_algorithm(digests[number % 2])
        query = asking.nonce(nonce=has_nonce).cert_request(cert_request=carries).build()
        token = authority.answer(query.as_bytes())
        known = roots(authority) + ([] if carries else signer)
        assert check_token(token, b"content", known) == stamped_content(token, b"content")
        with pytest.raises(StampError):
            check_token(token, b"other content", known)
        if not carries:
            with pytest.raises(StampError):  # the signer's certificate is nowhere
                check_token(token, b"content", roots(authority))


def test_an_error_of_form_is_called_one(office: Path, tmp_path: Path) -> None:
    """A response that cannot be decoded is not told as one of another checkpoint."""
    (tmp_path / "torn.tsr").write_bytes(b"\x30\x03\x02\x01\x00")
    done = ostiary("accounting", "timestamp", office, "--response", tmp_path / "torn.tsr")
    assert done.status in {1, 2}
    assert "cannot be decoded" in done.err


def genuine(authority: Authority) -> bytes:
    kept = authority.folder / "genuine"
    if not kept.exists():
        kept.write_bytes(authority.answer(stamp_query(b"content")))
    return kept.read_bytes()


def test_a_file_without_a_certificate_is_refused() -> None:
    with pytest.raises(InputError, match="certificate"):
        read_authorities(b"none", where="root.pem")


def run(*arguments: object) -> dict:
    done = CliRunner().invoke(cli, [*map(str, arguments), "--json"])
    if done.exception:
        raise done.exception
    return json.loads(done.stdout)


def test_an_office_has_its_log_stamped_over_the_network(office: Path, authority: Authority) -> None:
    with authority.serving() as url:
        assert run("accounting", "timestamp", office, "--authority", url)["done"] == "stamped"
        again = run("accounting", "timestamp", office, "--authority", url)
    assert again["done"] == "was stamped before"
    found = run(
        "accounting", "verify", office / "accounting",
        "--authority-certificate", authority.certificate,
    )  # fmt: skip
    assert found["sound"]
    assert [(one["size"], one["believed"]) for one in found["time_stamps"]] == [
        (found["size"], True)
    ]


def test_an_office_without_a_network_carries_files(
    office: Path, tmp_path: Path, authority: Authority, stranger: Authority
) -> None:
    query, response = tmp_path / "log.tsq", tmp_path / "log.tsr"
    size = run("accounting", "timestamp", office, "--query", query)["size"]
    with at_work(office) as place:
        place.publish()
    response.write_bytes(stranger.answer(stamp_query(b"something else")))
    with pytest.raises(StampError, match="no checkpoint"):
        run("accounting", "timestamp", office, "--response", response)
    response.write_bytes(authority.answer(query.read_bytes()))
    assert run("accounting", "timestamp", office, "--response", response)["size"] == size


@pytest.mark.parametrize("options", [[], ["--authority", "http://x", "--query", "y"]])
def test_one_way_to_an_authority_is_named(office: Path, options: list[str]) -> None:
    with pytest.raises(InputError, match="name one of"):
        run("accounting", "timestamp", office, *options)


def test_a_certificate_that_has_an_extension_twice_is_refused(authority: Authority) -> None:
    """No extension may stand twice (RFC 5280, 4.2); the library has an error of its own for it."""
    token = genuine(authority)
    use, key = bytes.fromhex("0603551d25"), bytes.fromhex("0603551d0f")  # 2.5.29.37, 2.5.29.15
    assert use in token
    assert key in token
    with pytest.raises(StampError):
        check_token(token.replace(use, key), b"content", roots(authority))
