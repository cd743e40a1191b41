"""What is unsealed is proved to be the very text; anything else proves nothing."""

import json

import pytest

from commands import ostiary
from ostiary.domain.errors import FaultError, InputError
from ostiary.office.redaction.publishing import redact, write
from ostiary.office.redaction.unsealing import unseal
from ostiary.office.redaction.verifying import verify

DOCUMENT = """# Agreement

Contact: {{(b)(6): Maria Quispe}}. Item four: {{(b)(3) 26 USC 6103: date and number of the order}}.

## Use

{{(b)(7)(E): How it is used}}
"""


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    folder = tmp_path_factory.mktemp("redacted")
    (folder / "d.md").write_text(DOCUMENT)
    made = redact(folder / "d.md")
    write(made, folder / "public", folder / "secrets.json")
    return folder, made


def opened(folder, **chosen):
    nothing = {"numbers": (), "sections": (), "every": False}
    return unseal(folder / "secrets.json", **(nothing | chosen))


def laid(tmp_path, told):
    (tmp_path / "unsealed.json").write_text(json.dumps(told))
    return tmp_path / "unsealed.json"


def test_an_unsealed_piece_and_section_are_proved(published, tmp_path):
    folder, made = published
    commitments = folder / "public" / "commitments.json"
    one = verify(
        commitments, expected=made.root, unsealed=laid(tmp_path, opened(folder, numbers=(2,)))
    )
    assert [piece["text"] for piece in one.unsealed] == ["date and number of the order"]
    section = laid(tmp_path, opened(folder, sections=(2,)))
    assert [p["text"] for p in verify(commitments, unsealed=section).unsealed] == ["How it is used"]
    every = verify(commitments, unsealed=laid(tmp_path, opened(folder, every=True)))
    assert len(every.unsealed) == every.withheld == 3
    assert one.files == ("document.md", "document.html", "document.pdf", "index.csv")


def other_text(told):
    told["openings"][0]["text"] = "Maria Quiroga"


def one_blank_more(told):
    told["openings"][0]["text"] += " "


def other_salt(told):
    told["openings"][0]["salt"] = "0" * 64


def other_ground(told):
    told["openings"][0]["ground"] = "(b)(5)"


def another_place(told):
    told["openings"][0]["number"] = told["openings"][1]["number"]


def exchanged(told):
    first, second = told["openings"][:2]
    first["text"], second["text"] = second["text"], first["text"]
    first["salt"], second["salt"] = second["salt"], first["salt"]


def a_kept_piece(told):
    told["openings"][0]["number"] = 0


def beyond_the_end(told):
    told["openings"][0]["number"] = 99


def negative(told):
    told["openings"][0]["number"] = -1


def other_document(told):
    told["root"] = "0" * 64


FORGED = [other_text, one_blank_more, other_salt, other_ground, another_place, exchanged,
          a_kept_piece, beyond_the_end, negative, other_document]  # fmt: skip


@pytest.mark.parametrize("forge", FORGED)
def test_a_forged_opening_proves_nothing(forge, published, tmp_path):
    folder, _ = published
    told = json.loads(json.dumps(opened(folder, every=True)))
    forge(told)
    with pytest.raises(FaultError):
        verify(folder / "public" / "commitments.json", unsealed=laid(tmp_path, told))


def kept_words(told):
    told["pieces"][1]["text"] = "Contact: nobody, "


def another_commitment(told):
    told["pieces"][2]["commitment"] = "0" * 64


def another_ground(told):
    told["pieces"][2]["ground"] = "(b)(5)"


def another_root(told):
    told["root"] = "0" * 64


CHANGED = [kept_words, another_commitment, another_ground, another_root]


@pytest.mark.parametrize("change", CHANGED)
def test_a_changed_document_has_another_root(change, published, tmp_path):
    folder, _ = published
    told = json.loads((folder / "public" / "commitments.json").read_text())
    change(told)
    (tmp_path / "commitments.json").write_text(json.dumps(told))
    with pytest.raises(FaultError, match="another root"):
        verify(tmp_path / "commitments.json")


def block_skipped(told):
    told["pieces"][3]["block"] = 7


def block_negative(told):
    told["pieces"][0]["block"] = -1


def kind_changed_inside_a_block(told):
    told["pieces"][2]["kind"] = "item"


def section_skipped(told):
    told["pieces"][0]["section"] = 4


@pytest.mark.parametrize(
    "change", [block_skipped, block_negative, kind_changed_inside_a_block, section_skipped]
)
def test_pieces_out_of_order_are_refused(change, published, tmp_path):
    folder, _ = published
    told = json.loads((folder / "public" / "commitments.json").read_text())
    change(told)
    (tmp_path / "commitments.json").write_text(json.dumps(told))
    with pytest.raises(InputError):
        verify(tmp_path / "commitments.json")


def test_another_root_than_the_signed_one_is_a_fault(published):
    folder, _ = published
    with pytest.raises(FaultError, match="not the one given"):
        verify(folder / "public" / "commitments.json", expected="0" * 64)


@pytest.mark.parametrize("name", ["document.md", "document.html", "document.pdf", "index.csv"])
def test_a_rendering_that_was_touched_is_a_fault(name, published, tmp_path):
    folder, _ = published
    (tmp_path / "commitments.json").write_bytes(
        (folder / "public" / "commitments.json").read_bytes()
    )
    (tmp_path / name).write_bytes((folder / "public" / name).read_bytes() + b" ")
    with pytest.raises(FaultError, match="committed pieces"):
        verify(tmp_path / "commitments.json")


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{}", b'{"scheme": "x", "root": "", "pieces": [1]}', b"[" * 100_000,
     b'{"scheme": "ostiary-redaction-1", "root": "", "pieces": [{"number": 0}]}',
     b'{"scheme": "ostiary-redaction-1", "root": "", "pieces": []}'],
)  # fmt: skip
def test_what_is_no_commitments_file_is_refused(body, tmp_path):
    (tmp_path / "commitments.json").write_bytes(body)
    with pytest.raises(InputError):
        verify(tmp_path / "commitments.json")


def test_nothing_chosen_and_no_such_deletion_are_refused(published):
    folder, _ = published
    with pytest.raises(InputError, match="no deletion was named"):
        opened(folder)
    with pytest.raises(InputError, match="no deletion stands in the sections"):
        opened(folder, sections=(99,))
    with pytest.raises(InputError, match="no such deletion"):
        opened(folder, numbers=(4,))


def test_a_name_that_comes_twice_says_another_thing_to_another_reader(published, tmp_path):
    folder, made = published
    commitments = folder / "public" / "commitments.json"
    told = json.dumps(opened(folder, numbers=(1,)))
    twice = told.replace('"text": ', '"text": "nobody", "text": ', 1)
    (tmp_path / "unsealed.json").write_text(twice)
    with pytest.raises(InputError, match="has a name twice"):
        verify(commitments, unsealed=tmp_path / "unsealed.json")
    roots = commitments.read_text().replace('"root": ', f'"root": "{"0" * 64}", "root": ', 1)
    (tmp_path / "commitments.json").write_text(roots)
    with pytest.raises(InputError, match="has a name twice"):
        verify(tmp_path / "commitments.json", expected=made.root)


@pytest.mark.parametrize("root", ["", " ", "0", "x" * 64])
def test_an_empty_variable_of_a_script_is_no_root(root, published):
    folder, _ = published
    commitments = str(folder / "public" / "commitments.json")
    done = ostiary("redact", "verify", commitments, "--root", root)
    assert done.status == 2
    assert "is no root" in done.err


def test_openings_are_written_neither_into_nor_in_the_place_of_what_is_public(published, tmp_path):
    _, made = published
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    for out, secrets in (("x", "x"), ("x", "x/s.json"), ("link", "s.json"), ("elsewhere", "link")):
        with pytest.raises(InputError):
            write(made, tmp_path / out, tmp_path / secrets)
        assert [one.name for one in tmp_path.iterdir()] == ["link"]
