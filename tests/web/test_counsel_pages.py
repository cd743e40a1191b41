"""Counsel compares another book with the office's own, and has it proved; nothing else changes."""

import html
import io
import re
import shutil
import zipfile
from threading import Event

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ostiary.deciding.law.prove import proofs
from ostiary.deciding.law.prove.proofs import CHECKS, Report
from ostiary.deciding.law.prove.prover import Prover
from ostiary.deciding.law.reading import FOLDERS, read_book
from ostiary.deciding.law.shipped import shipped_book
from ostiary.domain.errors import InputError
from ostiary.faces.web import measured_book, proved_book
from ostiary.faces.web.beside_pages import BesidePages
from ostiary.faces.web.drafts import LARGEST_TEXT, draft_book
from ostiary.faces.web.views import counsel as views
from ostiary.office.counsel.measured_errors import measure_errors
from ostiary.office.publication.register import register_of

POLICY = "policies/fan-out.md"


def text_of(name):
    return (shipped_book() / name).read_text(encoding="utf-8")


def packed(members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return SimpleUploadedFile("book.zip", out.getvalue())


def damaged():
    whole = packed({"statutes/one.md": text_of(POLICY)}).read()
    start = whole.index(b"one.md") + len(b"one.md")
    return SimpleUploadedFile("book.zip", whole[:start] + b"\xff" * 40 + whole[start + 40 :])


def whole_book(top=""):
    files = [path for name in FOLDERS for path in (shipped_book() / name).glob("*.md")]
    return {f"{top}{path.parent.name}/{path.name}": path.read_text("utf-8") for path in files}


def compare(counsel, *uploads):
    return counsel.post("/book/compare/", {"draft": list(uploads)})


def test_the_register_in_the_office_says_what_the_public_one_says(counsel):
    page = html.unescape(counsel.get("/book/register/").content.decode())
    entries = register_of(read_book(shipped_book()))
    assert len(entries) > 3
    for one in entries:
        said = [
            one.title,
            one.choice,
            one.purpose,
            *one.powers,
            *(part.ground for part in one.withheld),
        ]
        assert all(text in page for text in said)
    assert counsel.get("/book/").content.decode().count('href="/book/register/"') == 1


def test_the_book_itself_changes_nothing(site, counsel):
    size = site.office.store.log_size()
    page = compare(counsel, packed(whole_book("book/"))).content.decode()
    assert "the digests are equal" in page
    assert "No past decision comes out otherwise" in page
    assert site.office.store.log_size() == size
    assert list((site.office.root / "web").glob("tmp*")) == []


def test_a_changed_file_is_told_word_by_word(counsel):
    draft = text_of(POLICY).replace('finding: "The', 'finding: "By draft, The')
    page = compare(counsel, SimpleUploadedFile("fan-out.md", draft.encode())).content.decode()
    assert "<ins>By draft,</ins>" in page
    assert page.count('class="law') == 1


def test_a_book_without_a_policy_says_what_went_and_what_that_would_have_changed(counsel):
    members = whole_book()
    del members[POLICY]
    del members["policies/custodian.md"]
    page = compare(counsel, packed(members)).content.decode()
    assert ">Gone</span>" in page
    assert "Past decisions that come out otherwise" in page


@pytest.mark.parametrize(
    "upload",
    [
        SimpleUploadedFile("fan-out.md", b"no front matter"),
        SimpleUploadedFile("fan-out.md", b"---\ntitle: \xff\n---\n"),
        SimpleUploadedFile("book.zip", b"PK no archive"),
        SimpleUploadedFile("book.exe", b"MZ"),
        SimpleUploadedFile("new-order.md", b"x" * (LARGEST_TEXT + 1)),
        packed({"statutes/one.md": "x" * 50_000_000}),
        packed({"../statutes/../../one.md": "x"}),
        packed({"/etc/one.md": "x", "statutes/../one.md": "x", "a/b/statutes/one.md": "x"}),
        packed({f"statutes/n{number}.md": "x" for number in range(300)}),
        damaged(),
    ],
    ids=lambda one: f"{one.name}-{one.size}",
)
def test_what_is_no_draft_is_refused_and_leaves_nothing(site, counsel, upload):
    upload.seek(0)
    done = compare(counsel, upload)
    assert done.status_code == 422
    page = done.content.decode()
    assert "This draft cannot be read" in page
    assert str(site.office.root) not in page
    assert list((site.office.root / "web").glob("tmp*")) == []
    assert not (site.office.root / "one.md").exists()


def test_nothing_is_no_draft(counsel, tmp_path):
    assert counsel.post("/book/compare/").status_code == 422
    with pytest.raises(InputError, match="choose"), draft_book(tmp_path, []):
        pass


def test_a_new_file_stands_where_its_layer_does(tmp_path):
    text = text_of("orders/ddc-2025-11-21.md").replace("ddc-2025", "other-2025")
    upload = SimpleUploadedFile("other-2025.md", text.encode())
    with draft_book(tmp_path, [upload]) as folder:
        assert (folder / "orders" / "other-2025.md").exists()
        assert len(read_book(folder).instruments) == len(read_book(shipped_book()).instruments) + 1


def test_nothing_is_proved_before_it_is_asked(counsel):
    """That the proofs succeed is seen in tests/e2e: they take seconds."""
    paths = ("/book/proofs/", "/book/proofs/?show=anything")
    for done in (*map(counsel.get, paths), counsel.post("/book/proofs/")):
        assert done.status_code == 200
        assert "are proved" not in done.content.decode()


@pytest.fixture
def few_proofs(monkeypatch):
    """Two checks that take no time, each time they are proved, and nothing kept of earlier."""
    begun = []

    def quickly(book, invariants, **_):
        begun.append(book.digest)
        return Report((*CHECKS["versions"](Prover(book, invariants)),), {})

    monkeypatch.setattr(proofs, "prove", quickly)
    monkeypatch.setattr(proved_book, "_ASKED", BesidePages("the book could not be proved", "again"))
    return begun


def prove_it(counsel):
    """Press the button, follow it to the page, and give what the page says at once."""
    done = counsel.post("/book/proofs/", {"do": "prove"})
    assert done["Location"] == "/book/proofs/?show=proofs"
    return counsel.get(done["Location"]).content.decode()


def test_the_book_is_proved_once_beside_the_pages(site, counsel, few_proofs, monkeypatch):
    """That the whole book is proved is seen in tests/e2e: it takes seconds."""
    go_on, quickly = Event(), proofs.prove

    def slowly(*said, **more):
        go_on.wait()
        return quickly(*said, **more)

    monkeypatch.setattr(proofs, "prove", slowly)
    for _ in range(2):
        page = prove_it(counsel)
        assert 'http-equiv="refresh"' in page
        assert page.count("At work.") == 1
        assert "are proved" not in page
    go_on.set()
    found = proved_book.proving(shipped_book(), site.office.orders).result()
    page = counsel.get("/book/proofs/?show=proofs").content.decode()
    assert few_proofs == [found.digest]
    assert f"All {len(found.report.proofs)} are proved" in page
    assert found.digest in page
    assert all(f"<code>{name}</code>" in page for name in CHECKS)
    assert 'http-equiv="refresh"' not in page
    assert "are proved" not in counsel.get("/book/proofs/").content.decode()


def test_another_order_is_another_book(site, few_proofs, tmp_path):
    first = proved_book.proving(shipped_book(), site.office.orders).result()
    orders = shutil.copytree(site.office.orders, tmp_path / "orders")
    text = text_of("orders/ddc-2025-11-21.md").replace("ddc-2025", "other-2025")
    (orders / "other-2025.md").write_text(text, "utf-8")
    second = proved_book.proving(shipped_book(), orders).result()
    assert few_proofs == [first.digest, second.digest]
    assert first.digest != second.digest


@pytest.mark.usefixtures("few_proofs")
def test_a_proof_that_broke_off_is_told_and_begun_anew(site, counsel, monkeypatch):
    def breaks(*_, **__):
        raise RuntimeError

    with monkeypatch.context() as broken:
        broken.setattr(proofs, "prove", breaks)
        counsel.post("/book/proofs/", {"do": "prove"})
        asked = proved_book.proving(shipped_book(), site.office.orders)
        assert isinstance(asked.exception(), RuntimeError)
        page = counsel.get("/book/proofs/?show=proofs").content.decode()
    assert "It did not work" in page
    assert "The book could not be proved" in page
    assert 'http-equiv="refresh"' not in page
    proved_book.proving(shipped_book(), site.office.orders).result()
    assert "are proved" in counsel.get("/book/proofs/?show=proofs").content.decode()


@pytest.fixture
def short_book(tmp_path, monkeypatch):
    """The shipped book with three requests of each list, and no figures kept of it yet."""
    folder = shutil.copytree(shipped_book(), tmp_path / "book")
    for name in ("lawful", "unlawful"):
        path = folder / "measured" / f"{name}.yaml"
        path.write_text("\n- name:".join(path.read_text("utf-8").split("\n- name:")[:4]), "utf-8")
    monkeypatch.setattr(views, "shipped_book", lambda: folder)
    monkeypatch.setattr(measured_book, "_ASKED", BesidePages("both errors", "again"))
    return folder


def test_both_errors_are_measured_once_beside_the_pages(counsel, short_book, monkeypatch):
    """That the whole lists bring no error is tested in tests/counsel: it takes half a minute."""
    go_on, begun = Event(), []

    def slowly(*said):
        begun.append(said)
        go_on.wait()
        return measure_errors(*said)

    monkeypatch.setattr(measured_book, "measure_errors", slowly)
    assert "Lawful requests refused" not in counsel.get("/book/proofs/").content.decode()
    assert begun == []
    for _ in range(2):
        done = counsel.post("/book/proofs/", {"do": "errors"})
        assert done["Location"] == "/book/proofs/?show=errors#errors"
        page = counsel.get("/book/proofs/?show=errors").content.decode()
        assert 'http-equiv="refresh"' in page
        assert "Lawful requests refused" not in page
    go_on.set()
    measured_book.measuring(short_book).result()
    page = counsel.get("/book/proofs/?show=errors").content.decode()
    assert len(begun) == 1
    assert 'http-equiv="refresh"' not in page
    figures = re.findall(r'<td data-label="(?:Requests|Of)" class="number">(\d+)</td>', page)
    counts = measure_errors(short_book, read_book(short_book)).counts()
    by_policy = str(counts["refused_by_policy_alone"])
    assert figures == ["0", "3", "0", "3", by_policy, "3"]
    assert "The book errs" not in page


def test_a_measuring_that_failed_is_told_and_begun_anew(counsel, short_book):
    path = short_book / "measured" / "lawful.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("base: ", "base: no-such-"), "utf-8")
    counsel.post("/book/proofs/", {"do": "errors"})
    assert measured_book.measuring(short_book).exception() is not None
    page = counsel.get("/book/proofs/?show=errors").content.decode()
    assert "It did not work" in page
    assert 'http-equiv="refresh"' not in page
    path.write_text(text, "utf-8")
    assert measured_book.measuring(short_book).result().lawful == 3


def test_what_each_provision_was_read_of_is_told(counsel):
    page = counsel.get("/book/proofs/").content.decode()
    read = [one for one in read_book(shipped_book()).instruments if one.read]
    assert read
    assert page.count('data-label="Text of"') == len(read)


def test_the_book_is_searched_by_words_and_each_rule_has_a_link(counsel):
    page = counsel.get("/book/?find=signature+SIGNER").content.decode()
    assert re.search(r'href="/book/[^"]+#i2[.]signer"', page)
    assert "No rule says" in counsel.get("/book/?find=no-such-word").content.decode()
    statute = re.search(r'href="(/book/[^"]+)#i2[.]signer"', page)[1]
    assert 'href="#i2.signer"' in counsel.get(statute).content.decode()
