"""Officers are told by mail that something waits: by a real relay, over TLS, once an hour named."""

import json
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_string

import pytest

from commands import ostiary
from mail_server import mail_server, new_certificate
from ostiary.domain.errors import InputError, OfficeError
from ostiary.faces.server.site import Site
from ostiary.faces.web.assignments import give_cases
from ostiary.faces.web.digests import Waits, hour_of, tell_officers, telling_officers, waits_for
from ostiary.faces.web.worklist import Filters, Worklist
from ostiary.office.folder.config import OfficeConfig, check_config, read_config, write_config
from ostiary.office.folder.mail_config import Mail, MailTo
from ostiary.office.folder.mail_state import read_mail_state
from ostiary.office.recovery.fitness import examine_office
from web_office import opened_copy, untouched_case

SEVEN = datetime(2025, 8, 8, 7, 5, tzinfo=UTC)
NAMES = ("anna", "bert")
ANNA, BERT = MailTo("anna", "anna@office.example"), MailTo("bert", "bert@office.example")


@pytest.fixture(scope="module")
def whole(served_office, stores, tmp_path_factory):
    with opened_copy(served_office, stores, tmp_path_factory.mktemp("mailed")) as found:
        yield found


def settings(server, **other) -> Mail:
    found = Mail(relay=f"127.0.0.1:{server.port}", security="none", sender="no@office.example")
    return replace(found, to=(ANNA, BERT), **other)


def with_mail(site: Site, mail: Mail) -> Site:
    """The office as it is with these settings, and nothing remembered."""
    (site.office.root / "mail.json").unlink(missing_ok=True)
    config = replace(site.office.config, mail=mail)
    check_config(config, where="office.toml")
    return replace(site, office=replace(site.office, config=config))


@pytest.fixture
def relay(tmp_path):
    with mail_server(tmp_path) as found:
        yield found


def test_each_officer_hears_how_much_waits_for_them_and_where(whole, relay):
    site = with_mail(whole, settings(relay))
    done = tell_officers(site, SEVEN)
    assert (done.sent, done.fault) == (2, "")
    assert [to for to, _ in relay.mails] == [[ANNA.address], [BERT.address]]
    found = message_from_string(relay.mails[0][1])
    many = Worklist(site, site.desk(), "anna", Filters()).many()
    assert f"{many:,} cases wait for you." in found.get_payload()
    assert f"{site.address}/cases/" in found.get_payload()
    assert found["Auto-Submitted"] == "auto-generated"
    assert found["Subject"] == "Training: Something waits for you in Ostiary"


def test_nobody_hears_twice_for_one_hour(whole, relay):
    site = with_mail(whole, settings(relay, hours=(7, 12)))
    for moment, mails in ((0, 2), (10, 2), (295, 4), (24 * 60 - 10, 4), (24 * 60, 6)):
        tell_officers(site, SEVEN + timedelta(minutes=moment))
        assert len(relay.mails) == mails, moment
    tell_officers(site, SEVEN + timedelta(days=1, minutes=1), at_once=True)
    assert len(relay.mails) == 8


@pytest.mark.parametrize(
    ("hours", "at", "hour"),
    [
        ((7,), "2025-08-08T06:59:59", "2025-08-07T07"),
        ((7,), "2025-08-08T07:00:00", "2025-08-08T07"),
        ((12, 7), "2025-08-08T11:00:00", "2025-08-08T07"),
        ((0, 23), "2025-01-01T00:30:00", "2025-01-01T00"),
        ((23,), "2025-01-01T00:30:00", "2024-12-31T23"),
    ],
)
def test_the_hour_that_counts(hours, at, hour):
    assert hour_of(Mail(hours=hours), datetime.fromisoformat(f"{at}+00:00")) == hour


def test_whoever_is_not_in_office_is_told_nothing_and_doctor_says_so(whole, relay):
    stranger = MailTo("zoe", "zoe@office.example")
    site = with_mail(whole, replace(settings(relay), to=(ANNA, stranger)))
    done = tell_officers(site, SEVEN)
    assert (done.sent, done.strangers) == (1, 1)
    assert [to for to, _ in relay.mails] == [[ANNA.address]]


def test_nothing_waits_nothing_is_sent(whole, relay, monkeypatch):
    site = with_mail(whole, settings(relay))
    monkeypatch.setattr("ostiary.faces.web.digests.waits_for", lambda *_: Waits(0, 0, 0))
    done = tell_officers(site, SEVEN)
    assert (done.sent, done.nothing, relay.mails) == (0, 2, [])


def test_a_case_given_to_a_colleague_waits_for_them_alone(whole):
    before = waits_for(whole, "anna").cases
    number = untouched_case(whole)
    give_cases([number], "bert")
    assert waits_for(whole, "anna").cases == before - 1
    assert waits_for(whole, "bert").cases == before
    give_cases([number], "")


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_mails_go_over_tls_to_a_relay_that_is_vouched_for(whole, tmp_path, security):
    (whole.office.root / "relay-password").write_text("open sesame\n")
    with mail_server(tmp_path, security) as relay:
        signed = {"user": "office", "password_file": "relay-password"}
        trusted = {"security": security, "relay_ca": str(relay.certificate)}
        site = with_mail(whole, settings(relay, **trusted, **signed))
        assert tell_officers(site, SEVEN).sent == 2
        assert relay.secured == [True, True]
        assert len(relay.logins) == 1
        stranger = settings(relay, security=security)
        done = tell_officers(with_mail(whole, stranger), SEVEN)
        assert (done.sent, done.fault) == (0, "the relay has no certificate that can be trusted")
        other = tmp_path / "other"
        other.mkdir()
        vouched, _ = new_certificate(other)
        wrong = settings(relay, security=security, relay_ca=str(vouched))
        assert tell_officers(with_mail(whole, wrong), SEVEN).sent == 0
        assert len(relay.mails) == 2


def test_nothing_is_sent_or_signed_in_to_where_tls_is_asked_for_and_not_offered(whole, relay):
    (whole.office.root / "relay-password").write_text("open sesame\n")
    mail = settings(relay, security="starttls", user="office", password_file="relay-password")
    done = tell_officers(with_mail(whole, mail), SEVEN)
    assert done.fault == "the relay does not offer TLS"
    assert (relay.mails, relay.logins) == ([], [])


@pytest.mark.parametrize(
    ("fault", "password", "relays"),
    [
        ("the relay refuses the user and password", "wrong", {"at_sign_in": "535 5.7.8 no"}),
        ("the relay broke the connection off at the sign-in", "right", {"at_sign_in": ""}),
        ("the relay offers no sign-in; leave", "right", {"signs_in": False}),
        ("letters beyond ASCII", "señal", {}),
        ("the file with the relay's password cannot be read", "", {}),
    ],
)
def test_what_is_wrong_at_the_sign_in_is_named(whole, relay, fault, password, relays):
    (whole.office.root / "relay-password").write_text(password)
    for name, value in relays.items():
        setattr(relay, name, value)
    mail = settings(relay, user="office", password_file="relay-password")
    done = tell_officers(with_mail(whole, mail), SEVEN)
    assert (done.sent, relay.mails) == (0, [])
    assert fault in done.fault


def test_one_address_that_is_refused_keeps_nothing_from_the_others(whole, relay):
    relay.refused = {ANNA.address}
    site = with_mail(whole, settings(relay))
    done = tell_officers(site, SEVEN)
    assert (done.sent, done.fault) == (1, "the relay refuses the mail to anna")
    assert ANNA.address not in (site.office.root / "mail.json").read_text()
    relay.refused = set()
    assert tell_officers(site, SEVEN + timedelta(minutes=5)).sent == 0  # not asked again yet
    assert tell_officers(site, SEVEN + timedelta(minutes=16)).sent == 1
    assert [to for to, _ in relay.mails] == [[BERT.address], [ANNA.address]]


def test_a_relay_that_is_gone_stops_nothing_and_doctor_says_so(whole, relay):
    relay.broken = True
    site = with_mail(whole, settings(relay))
    with telling_officers(site, period=0.01, clock=lambda: SEVEN):
        for _ in range(500):
            if read_mail_state(site.office.root).failed_at:
                break
            time.sleep(0.01)
    state = read_mail_state(site.office.root)
    assert (state.fault, relay.mails) == ("the relay broke the connection off", [])
    text = (site.office.root / "office.toml").read_text()
    try:
        (site.office.root / "office.toml").write_text(
            text.replace('\nrelay = ""', f'\nrelay = "127.0.0.1:{relay.port}"')
            .replace('security = "starttls"', 'security = "none"')
            .replace('sender = ""', 'sender = "no@office.example"')
        )
        found = {one.name: one for one in examine_office(site.office.root)}
    finally:
        (site.office.root / "office.toml").write_text(text)
    assert not found["mail"].fit
    assert "the relay broke the connection off" in found["mail"].told
    relay.broken = False
    assert tell_officers(site, SEVEN + timedelta(hours=1)).sent == 2
    assert read_mail_state(site.office.root).failed_at == ""


def test_the_command_sends_and_a_relay_that_fails_is_status_1(whole, relay):
    root = whole.office.root
    with_mail(whole, settings(relay))
    text = (root / "office.toml").read_text()
    people = ", ".join(f'{{ officer = "{o}", address = "{o}@office.example" }}' for o in NAMES)
    relay.refused = {ANNA.address}
    try:
        (root / "office.toml").write_text(
            text.replace('\nrelay = ""', f'\nrelay = "127.0.0.1:{relay.port}"')
            .replace('security = "starttls"', 'security = "none"')
            .replace('sender = ""', 'sender = "no@office.example"')
            .replace("\nto = []", f"\nto = [ {people} ]")
        )
        done = ostiary("notify", root, "--json")
        assert (done.status, json.loads(done.out)["sent"]) == (1, 1)
        assert "the relay refuses the mail to anna" in done.err
        assert ANNA.address not in done.err
    finally:
        (root / "office.toml").write_text(text)


def test_settings_are_written_and_read_back(tmp_path):
    mail = Mail("relay.example:465", "tls", "ca.pem", "u", "p", "a@b.example", (6, 18), (ANNA,))
    write_config(tmp_path / "office.toml", OfficeConfig("o.example", mail=mail))
    assert read_config(tmp_path / "office.toml").mail == mail


@pytest.mark.parametrize(
    "wrong",
    [
        {"relay": "relay.example"},
        {"relay": "relay.example:0"},
        {"relay": "relay.example:25\r\nX", "sender": "a@b.example"},
        {"relay": "relay.example:25", "sender": "a@b.example", "security": "none"},
        {"relay": "relay.example:25", "sender": ""},
        {"relay": "relay.example:25", "sender": "a@b.example\nBcc: c@d.example"},
        {"user": "u"},
        {"hours": (24,)},
        {"hours": ()},
        {"to": (MailTo("anna", "anna@b.example>, <c@d.example"),)},
        {"to": (MailTo("", "anna@b.example"),)},
    ],
)
def test_settings_that_will_not_do_are_refused(wrong):
    with pytest.raises(OfficeError):
        check_config(OfficeConfig("o.example", mail=Mail(**wrong)), where="office.toml")


def test_without_a_relay_nothing_is_sent(whole):
    with pytest.raises(InputError, match="sends no mail"):
        tell_officers(whole, SEVEN)
