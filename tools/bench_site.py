"""The public site of a large office: seconds and memory of ``ostiary publish``, three times.

An office of 100,000 requests is made (or one that was made before is taken), and orders of courts
are put into it, each the length of a shipped one, until its register has twenty texts. Run by
``make bench-site``.
"""

import argparse
import re
import resource
import shutil
import subprocess
import sys
import time
from pathlib import Path

OSTIARY = str(Path(sys.executable).with_name("ostiary"))
TEXTS = 20
RECEIVED = "2025-08-06"


def run(*words: str | Path) -> None:
    """Run a command of ours, quietly."""
    subprocess.run([OSTIARY, *map(str, words)], check=True, stdout=subprocess.DEVNULL)


def make_office(root: Path, requests: int) -> Path:
    """Make an office that has run a file; give its folder."""
    world, office = root / "world", root / "office"
    run("synth", world, "--people", str(requests * 3 // 5), "--requests", str(requests))
    run("init", office, "--training")
    for path in (world / "registers").glob("*.csv"):
        shutil.copy(path, office / "registers" / path.name)
    run("reference", "load", office, world / "people.parquet")
    run("run", office, world / "requests.csv", "--received", RECEIVED)
    return office


def add_orders(office: Path, many: int) -> None:
    """Put orders of courts into an office, each a shipped one under another name."""
    shipped = sorted((Path(__file__).parents[1] / "book" / "orders").glob("*.md"))
    (office / "orders").mkdir(exist_ok=True)
    for number in range(many):
        source = shipped[number % len(shipped)]
        text = source.read_text(encoding="utf-8")
        prefix = re.search(r"^prefix: (\S+)$", text, re.MULTILINE)
        if prefix is None:
            raise SystemExit(f"{source}: it has no prefix")
        text = text.replace(prefix[1], f"{prefix[1]}-{number}")
        (office / "orders" / f"{source.stem}-{number}.md").write_text(text, encoding="utf-8")


def main() -> None:
    """Print what each run took."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--requests", type=int, default=100_000)
    parser.add_argument("--office", type=Path, help="an office made before; orders are added to it")
    parser.add_argument("--out", type=Path, default=Path("build/bench-site"))
    asked = parser.parse_args()
    shutil.rmtree(asked.out, ignore_errors=True)
    asked.out.mkdir(parents=True)
    office = asked.office or make_office(asked.out, asked.requests)
    run("publish", office, "--out", asked.out / "first")
    had = len(list((asked.out / "first" / "register").glob("*.html")))
    add_orders(office, TEXTS - had)
    for number in range(3):
        site = asked.out / f"site-{number}"
        begun = time.perf_counter()
        run("publish", office, "--out", site)
        seconds = time.perf_counter() - begun
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        pages = len(list(site.rglob("*.html")))
        texts = len(list((site / "register").glob("*.html")))
        print(f"{texts} texts, {pages} pages: {seconds:.2f} s, {memory:,.0f} MiB", flush=True)


if __name__ == "__main__":
    main()
