"""Processes that begin with the libraries read: each is forked from one that has done that once."""

from multiprocessing import get_context

FORKS = get_context("forkserver")
FORKS.set_forkserver_preload(
    [
        "as_programs",
        "ostiary.cli.main",
        "ostiary.cli.offices",
        "ostiary.cli.checks",
        "ostiary.cli.law",
        "ostiary.cli.releases",
        "ostiary.cli.reviews",
        "ostiary.pipeline.checking",
        "ostiary.pipeline.entering",
        "ostiary.pipeline.loading",
        "ostiary.pipeline.releasing",
        "ostiary.pipeline.running",
        "ostiary.storage.cases",
        "ostiary.synthetic.world",
    ]
)
