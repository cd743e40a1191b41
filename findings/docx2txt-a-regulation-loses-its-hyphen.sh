#!/bin/sh
# docx2txt 0.9: the hyphen that does not break a line, which Word has as an element of its own and lawyers set within
# numbers so that they stay whole, is no character: 26 CFR 301.6103-1 comes out as 26 CFR 301.61031, which is a
# citation of something else, and a taxpayer number written so has no groups. mammoth 1.13.0 keeps the hyphen (U+2011),
# and drops the line break within a paragraph instead: 12 Main St and Reno under it are "12 Main StReno".
# Seen: 26 CFR 301.61031; 12 Main St\nReno by the one; 301.6103 U+2011 1; 12 Main StReno by the other
# Ostiary: reads no files of Word; what its rules cite are identifiers of one form, such as /us/usc/t26/s6103/i.
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


cited = document("<w:r><w:t>26 CFR 301.6103</w:t><w:noBreakHyphen/><w:t>1</w:t></w:r>")
lines = document("<w:r><w:t>12 Main St</w:t><w:br/><w:t>Reno</w:t></w:r>")
one = [docx2txt.process(each) for each in (cited, lines)]
other = [mammoth.extract_raw_text(each).value.strip() for each in (cited, lines)]
print(one, other)
assert one == ["26 CFR 301.61031", "12 Main St\nReno"]
assert other == ["26 CFR 301.6103\u20111", "12 Main StReno"]
END
