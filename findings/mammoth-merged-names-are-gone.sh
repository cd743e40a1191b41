#!/bin/sh
# mammoth 1.13.0: what a simple field holds is left out, as text and as HTML: a letter made by mail merge whose fields
# are w:fldSimple has no name; the same field written with begin and end keeps it. So is a name in a run of its own
# direction (Hebrew, Arabic: w:bdo), and a Japanese name that has its reading above it (w:ruby). docx2txt 0.9 has the
# first two, and the third twice, the reading before the name. mammoth's messages name the elements it passed over, as
# they do for much that holds no text.
# Seen: "Dear ," three times and "Dear Ann Lee,"; by docx2txt "Dear Ann Lee,", and the Japanese name behind its reading
# Ostiary: reads no files of Word; names come in columns of their own.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder" docx2txt==0.9 mammoth==1.13.0
PYTHONPATH=$folder python3 - <<'END'
import docx2txt
import mammoth
import io
import zipfile

PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
RELATIONS = "application/vnd.openxmlformats-package.relationships+xml"


def document(paragraph):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{PACKAGE}content-types"><Default Extension="rels" ContentType="{RELATIONS}"/>'
            f'<Override PartName="/word/document.xml" ContentType="{MAIN}"/></Types>',
        )
        relation = f'<Relationship Id="r1" Type="{OFFICE}" Target="word/document.xml"/>'
        archive.writestr("_rels/.rels", f'<Relationships xmlns="{PACKAGE}relationships">{relation}</Relationships>')
        text = f'<w:document xmlns:w="{WORD}"><w:body><w:p>{paragraph}</w:p></w:body></w:document>'
        archive.writestr("word/document.xml", text)
    return io.BytesIO(held.getvalue())


def letter(name):
    return document(f'<w:r><w:t xml:space="preserve">Dear </w:t></w:r>{name}<w:r><w:t>,</w:t></w:r>')


run = "<w:r><w:t>{}</w:t></w:r>"
mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
simple = letter(f'<w:fldSimple w:instr="MERGEFIELD Name">{run.format("Ann Lee")}</w:fldSimple>')
turned = letter(f'<w:bdo w:val="rtl">{run.format("כהן")}</w:bdo>')
above, base = run.format("たなか"), run.format("田中")
read = letter(f"<w:r><w:ruby><w:rt>{above}</w:rt><w:rubyBase>{base}</w:rubyBase></w:ruby></w:r>")
instruction = "<w:r><w:instrText>MERGEFIELD Name</w:instrText></w:r>"
begin, part, end = (mark.format(each) for each in ("begin", "separate", "end"))
whole = letter(begin + instruction + part + run.format("Ann Lee") + end)
letters = [simple, turned, read, whole]
found = [mammoth.extract_raw_text(each).value.strip() for each in letters]
other = [docx2txt.process(each) for each in letters]
print(found, other, mammoth.extract_raw_text(simple).messages)
assert found == ["Dear ,", "Dear ,", "Dear ,", "Dear Ann Lee,"]
assert other == ["Dear Ann Lee,", "Dear כהן,", "Dear たなか田中,", "Dear Ann Lee,"]
END
