"""What whoever watches the server sees: whether it lives and can answer, and nothing else."""

import shutil


def test_it_lives(stranger):
    told = stranger.get("/healthz")
    assert (told.status_code, told.content) == (200, b"ok\n")


def test_it_is_ready_and_says_no_more_than_that(stranger, site):
    told = stranger.get("/readyz")
    assert told.status_code == 200
    assert told.json() == {
        "ready": True,
        "checks": {"case store": True, "clock": True, "reference file": True},
    }
    assert str(site.office.root) not in told.content.decode()


def test_without_its_reference_file_it_is_not_ready(stranger, site):
    shutil.rmtree(site.office.reference)
    told = stranger.get("/readyz")
    assert told.status_code == 503
    assert told.json()["checks"]["reference file"] is False
    assert stranger.get("/healthz").status_code == 200
