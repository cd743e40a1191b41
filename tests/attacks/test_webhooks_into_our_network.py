"""An address that leads into the office's own network is not called, however it is written."""

import dataclasses
import ipaddress
import socket
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from officers import NEXT_DAY
from ostiary.faces.api.dispatching import backlog, send_waiting
from ostiary.faces.api.outbound_http import UnreachedError, post, public_address
from ostiary.faces.api.special_addresses import IPV4, IPV6, is_public
from programs import ICE, PROGRAM, fresh_key, program, site_with_programs
from receivers import receiver, register_receivers

INSIDE = (
    "127.0.0.1",
    "127.255.255.254",
    "0.0.0.0",  # noqa: S104 - an address to be refused
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "100.64.0.1",
    "169.254.169.254",
    "192.0.2.1",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::7f00:1",
    "fe80::1",
    "fc00::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "2002:7f00:1::",
    "2001:db8::1",
    "192.52.193.1",  # AMT: the nearest relay answers
    "192.31.196.1",  # AS112
    "192.175.48.6",
    "2620:4f:8000::42",
)


@pytest.mark.parametrize("number", INSIDE)
def test_numbers_of_no_public_network(number):
    assert not is_public(ipaddress.ip_address(number))


def wrapped(number):
    """The ways in which IPv6 carries a number of IPv4."""
    inner = int(number)
    for start, places in (
        ("::", 0),  # compatible
        ("::ffff:0:0", 0),  # mapped
        ("::ffff:0:0:0", 0),  # translated, RFC 7915
        ("64:ff9b::", 0),  # NAT64, RFC 6052
        ("64:ff9b:1::", 0),  # its local prefix, RFC 8215
        ("2002::", 80),  # 6to4
        ("2001::", 64),  # Teredo: the server
        ("2606:2800:21f:cb07:0:5efe::", 0),  # ISATAP below a prefix that is public
        ("2606:2800:21f:cb07:200:5efe::", 0),
    ):
        yield ipaddress.IPv6Address(int(ipaddress.IPv6Address(start)) | inner << places)
    # Teredo: the client, each bit turned over (RFC 4380, 4)
    yield ipaddress.IPv6Address(int(ipaddress.IPv6Address("2001::")) | inner ^ 0xFFFF_FFFF)


@pytest.mark.parametrize("block", [*IPV4, *IPV6], ids=str)
def test_the_first_and_the_last_number_of_each_special_block(block):
    """Also wrapped, and what a version of Python thinks of it counts for nothing."""
    ends = (block[0], block[-1])
    assert not any(map(is_public, ends))
    if block.version == 4:
        assert not any(is_public(one) for end in ends for one in wrapped(end))


@given(st.integers(0, 2**32 - 1))
def test_a_number_that_carries_another_is_never_public_whatever_is_inside(inner):
    """A translator or tunnel stands between, and where that leads nobody knows from the number."""
    assert not any(map(is_public, wrapped(inner)))


def test_what_was_never_given_out_is_of_no_public_network():
    for number in ("1::1", "4000::1", "8000::1", "e000::1"):
        assert not is_public(ipaddress.ip_address(number))


@pytest.mark.parametrize("number", ["93.184.215.14", "2606:2800:21f:cb07::1", "192.52.194.1"])
def test_numbers_of_the_public_network(number):
    assert is_public(ipaddress.ip_address(number))


@pytest.mark.parametrize(
    "host",
    ["localhost", "localhost.", "127.1", "0x7f.1", "2130706433", "0177.0.0.1", "[::1]", "0"],
)
def test_spellings_of_this_machine_are_not_called(host):
    with receiver() as inside:
        port = inside.url.rpartition(":")[2].partition("/")[0]
        with pytest.raises(UnreachedError):
            post(f"https://{host}:{port}/hook", {}, b"{}", may_be_local=False)
        assert inside.calls == []


@pytest.mark.parametrize(
    "address",
    [
        "http://agency.example/hook",
        "ftp://agency.example/",
        "file:///etc/passwd",
        "https://user:secret@agency.example/",
        "https:///hook",
        "https://agency.example/a b",
        "https://agency.example/\r\nX-Evil: 1",
        *(f"https://agency.example/{sign}" for sign in " \t\n\x00\x7f"),
        "https://agency.exam\tple/",
    ],
)
def test_only_plain_addresses_over_tls_are_called(address, monkeypatch):
    asked = []
    monkeypatch.setattr(socket, "create_connection", lambda *a, **_: asked.append(a))
    with pytest.raises(UnreachedError):
        post(address, {}, b"{}", may_be_local=False)
    assert asked == []


def _resolves_to(*answers):
    """A name server of somebody else, who answers something else each time."""
    left = list(answers)

    def getaddrinfo(_host, port, *_, **__):
        numbers = left.pop(0) if len(left) > 1 else left[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in numbers]

    return getaddrinfo


def test_one_inner_number_among_public_ones_refuses_the_name(monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", _resolves_to(["8.8.8.8", "127.0.0.1"]))
    with pytest.raises(UnreachedError, match="not public"):
        public_address("rebind.example", 443, may_be_local=False)


def test_a_name_that_changes_after_it_was_looked_at_leads_nowhere_else(monkeypatch):
    """DNS rebinding: the connection is made to the number that was checked, by its number."""
    connected = []

    def connect(where, **_):
        connected.append(where)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", _resolves_to(["8.8.8.8"], ["127.0.0.1"]))
    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(UnreachedError):
        post("https://rebind.example/hook", {}, b"{}", may_be_local=False)
    assert connected == [("8.8.8.8", 443)]


def test_a_name_server_that_says_nothing_holds_nobody_up(monkeypatch):
    """Whoever holds a receiver's name would hold up every agency's webhooks."""
    asked = threading.Event()

    def getaddrinfo(*_, **__):
        asked.wait(60)
        raise OSError

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    monkeypatch.setattr("ostiary.faces.api.outbound_http.SECONDS", 0.1)
    try:
        with pytest.raises(UnreachedError, match="TimeoutError"):
            post("https://mute.example/hook", {}, b"{}", may_be_local=False)
    finally:
        asked.set()


def test_a_silent_name_is_asked_once_however_often_it_is_tried(monkeypatch):
    """Each attempt left a thread; others' names are asked beside it, and it again once it spoke."""
    asked, waiting, came, speaks = [], [], threading.Event(), threading.Event()

    def getaddrinfo(host, port, *_, **__):
        asked.append(host)
        if host == "silent.example":
            waiting.append(threading.current_thread())
            came.set()
            speaks.wait()
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("8.8.8.8", port))]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    for port in (443, 443, 8443):
        with pytest.raises(TimeoutError):
            public_address("silent.example", port, may_be_local=False, within=0.01)
    came.wait()
    assert public_address("other.example", 443, may_be_local=False) == "8.8.8.8"
    assert sorted(asked) == ["other.example", "silent.example"]
    speaks.set()
    waiting[0].join()
    assert public_address("silent.example", 443, may_be_local=False) == "8.8.8.8"
    assert sorted(asked) == ["other.example", "silent.example", "silent.example"]


def test_a_name_that_nobody_could_ask_for_is_refused_at_once():
    with pytest.raises(UnreachedError):
        post(f"https://{'a' * 64}.example/hook", {}, b"{}", may_be_local=False)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(status):
    with receiver() as inside, receiver() as outside:
        outside.status, outside.location = status, inside.url
        with pytest.raises(UnreachedError, match=f"status {status}"):
            post(outside.url, {}, b"{}", may_be_local=True)
        assert inside.calls == []


def test_no_proxy_is_asked(monkeypatch):
    with receiver() as inside, receiver() as proxy:
        monkeypatch.setenv("http_proxy", proxy.url)
        post(inside.url, {}, b"{}", may_be_local=True)
        assert (len(inside.calls), proxy.calls) == (1, [])


def test_an_office_that_is_no_training_office_calls_nothing_inside(office, asked_once):
    with receiver() as inside, site_with_programs(office, NEXT_DAY) as (site, keys):
        tls = inside.url.replace("http:", "https:")
        register_receivers(office, (ICE, inside.url), (ICE, tls))
        send_waiting(site)
        program(site, PROGRAM, keys[PROGRAM]).submit([asked_once], key=fresh_key())
        config = dataclasses.replace(site.office.config, training=False)
        real = dataclasses.replace(site.office, config=config)
        real.__dict__["store"] = site.office.store
        done = send_waiting(dataclasses.replace(site, office=real))
        assert (done.taken, done.failed, inside.calls) == (0, 2, [])
        assert {one.last_fault for one in backlog()} == {
            "not over https",
            "the address is not public",
        }


@pytest.fixture
def asked_once():
    return {"request_id": "HOOK-1", "surname": "Quillfeather"}


def test_the_fault_that_is_kept_names_no_address(office, asked_once):
    with site_with_programs(office, NEXT_DAY) as (site, keys):
        register_receivers(office, (ICE, "https://no-such-host.invalid/hook"))
        send_waiting(site)
        program(site, PROGRAM, keys[PROGRAM]).submit([asked_once], key=fresh_key())
        assert send_waiting(site).failed == 1
        [line] = backlog()
        assert line.waiting == 1
        assert "no-such-host" not in line.last_fault
