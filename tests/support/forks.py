"""Processes that begin with the libraries read: each is forked from one that has done that once."""

from multiprocessing import get_context

FORKS = get_context("forkserver")
FORKS.set_forkserver_preload(
    [
        "as_programs",
        "read_once",
        "ostiary.faces.cli.main",
        "ostiary.faces.cli.offices",
        "ostiary.faces.cli.checks",
        "ostiary.faces.cli.law",
        "ostiary.faces.cli.releases",
        "ostiary.faces.cli.reviews",
        "ostiary.faces.cli.review_looks",
        "ostiary.faces.cli.review_reading",
        "ostiary.faces.cli.review_votes",
        "ostiary.office.batches.law_check",
        "ostiary.office.recovery.entering",
        "ostiary.office.batches.reference_loading",
        "ostiary.office.release.release",
        "ostiary.office.batches.running",
        "ostiary.office.store.cases",
        "ostiary.worlds.world",
    ]
)
