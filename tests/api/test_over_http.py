"""A real server, a real client, many at once: nothing is lost, and no line tells of anybody."""

import json
import logging
import shutil
import subprocess
import threading
from functools import partial
from pathlib import Path

import pytest
import waitress.server
from django.db import connections

from officers import NEXT_DAY
from ostiary.faces.server.serving import application
from ostiary.verifying.client import Client
from programs import OTHER_PROGRAM, PROGRAM, fresh_key, site_with_programs
from web_office import opened

NAMED = {
    "surname": "Quillfeather",
    "given_name": "Zebediah",
    "address_line": "77 Nonesuch Crescent",
    "tin": "900700077",
    "reason": "a reason about Quillfeather and nobody else",
}


def application_that_tidies_up():
    """Serve as usual; each thread closes its connections, for threads of a test do not live on."""
    inner = application()

    def serve(environ, start_response):
        try:
            return list(inner(environ, start_response))
        finally:
            connections.close_all()

    return serve


@pytest.fixture
def programs(office):
    """Two programs of two agencies before a server of this test's own."""
    with site_with_programs(office, NEXT_DAY) as (_, keys):
        server = waitress.server.create_server(
            application_that_tidies_up(), host="127.0.0.1", port=0, threads=6, ident=""
        )
        port = server.effective_port
        text = (office / "office.toml").read_text()
        address = f"http://localhost:{port}"
        (office / "office.toml").write_text(text.replace('address = ""', f'address = "{address}"'))
        with opened(office, NEXT_DAY) as site:
            thread = threading.Thread(target=server.run)
            thread.start()
            try:
                yield site, [Client(address, name, keys[name]) for name in (PROGRAM, OTHER_PROGRAM)]
            finally:
                server.task_dispatcher.shutdown()
                # In the loop's own thread: it must not wait for what another one has closed.
                close_all = waitress.server.wasyncore.close_all
                server.trigger.pull_trigger(partial(close_all, server._map, ignore_all=True))
                thread.join()


def test_many_submit_at_once_and_the_log_has_each_exactly_once(programs):
    site, clients = programs
    replies, size = [], site.office.store.log_size()

    def submit(client, name):
        replies.append((client, client.submit([{"request_id": name, **NAMED}], key=fresh_key())))

    threads = [
        threading.Thread(target=submit, args=(client, f"H-{n}-{place}"))
        for n in range(4)
        for place, client in enumerate(clients)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(replies) == len(threads)
    entries = {outcome.replies[0].entry for _, outcome in replies}
    assert len(entries) == len(threads)
    decided = [
        body for body in site.office.store.entries_from(size) if b'"type":"request.decided"' in body
    ]
    assert len(decided) == len(threads)
    for client, outcome in replies:
        assert client.status(outcome.replies[0].entry) == outcome.replies[0]


def test_no_log_line_tells_of_anybody(programs, caplog):
    _, (client, _) = programs
    caplog.set_level(logging.DEBUG)
    outcome = client.submit([{"request_id": "H-quiet", **NAMED}], key="key-of-Quillfeather")
    client.status(outcome.replies[0].entry)
    for text in (*NAMED.values(), "H-quiet", "key-of-Quillfeather"):
        assert text not in caplog.text


NODE_CLIENTS = Path(__file__).parents[1] / "node_clients"


@pytest.fixture(scope="module")
def node():
    """Node, with the clients of others that `make clients` installs by their hashes."""
    found = shutil.which("node")
    if found is None or not (NODE_CLIENTS / "node_modules" / "openid-client").is_dir():
        pytest.skip("node and its clients are not installed: `make clients`, with node and npm")
    return found


def test_two_clients_of_others_get_a_token_and_submit(programs, node):
    """openid-client and oauth4webapi; a refusal arrives as the library's own error of OAuth."""
    _, (client, _) = programs
    key = json.dumps(client._key.as_dict(private=True))
    address = client._base.removesuffix("/api/v1")
    command = [node, NODE_CLIENTS / "submit.mjs", address, PROGRAM]
    done = subprocess.run(command, input=key, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    for library, name in (("openid", "openid-client"), ("oauth", "oauth4webapi")):
        [reply] = said[library]["replies"]
        assert (reply["request_id"], reply["status"]) == (name, "returned")
    refused = {"name": "ResponseBodyError", "status": 400, "error": "invalid_client"}
    assert said["refused"] == refused
