#!/bin/sh
# docx2txt 0.9, mammoth 1.13.0: a box that is ticked is written in Word in two ways, as a symbol of the font Wingdings
# or as a control that holds the letter U+2612, and each of two readers loses one of them without a word. Of "[x]
# consents [ ] does not" in symbols docx2txt has "consents does not"; of the control that is ticked mammoth's text has
# "consents" alone, as for one that is not (its HTML has an input that is checked).
# Seen: "consents does not" and U+1F5F9 with U+1F78E; U+2612 and nothing
# Ostiary: reads no forms of Word; what is ticked is a value of the request.
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


CONTROL = "http://schemas.microsoft.com/office/word/2010/wordml"
symbol = '<w:r><w:sym w:font="Wingdings" w:char="{}"/></w:r><w:r><w:t xml:space="preserve"> {} </w:t></w:r>'
symbols = document(symbol.format("F0FE", "consents") + symbol.format("F0A8", "does not"))
ticked = f'<w14:checkbox xmlns:w14="{CONTROL}"><w14:checked w14:val="1"/></w14:checkbox>'
content = "<w:sdtContent><w:r><w:t>\u2612</w:t></w:r></w:sdtContent>"
control = document(f"<w:sdt><w:sdtPr>{ticked}</w:sdtPr>{content}</w:sdt><w:r><w:t> consents</w:t></w:r>")
one = [docx2txt.process(each).split() for each in (symbols, control)]
other = [mammoth.extract_raw_text(each).value.split() for each in (symbols, control)]
print(one, other)
assert one == [["consents", "does", "not"], ["\u2612", "consents"]]
assert other == [["\U0001f5f9", "consents", "\U0001f78e", "does", "not"], ["consents"]]
END
