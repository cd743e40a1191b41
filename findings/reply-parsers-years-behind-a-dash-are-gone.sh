#!/bin/sh
# email-reply-parser 0.5.12 (PyPI) and node-email-reply-parser 0.1.4 (npm) cut quotations and signatures off a mail. A
# line that begins with a dash and a letter or figure is the begin of a signature, and all behind it is gone: of "Please
# send:", -2022 and -2023 as a list, only "Please send:" is left. To mail-parser-reply 1.36 (PyPI) and planer 1.2.0
# (npm) that list is text, but to these two and the first a period written as "From: 1 January 2022" above "To: 31
# December 2023" is the head of an older mail, and is gone with what follows. None says that it has cut off anything.
# Seen: "Please send:" by two, whole by two; "Please send my records" by three, whole by the fourth
# Ostiary: takes requests from tables with named columns, and cuts nothing out of a text.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder" \
  email-reply-parser==0.5.12 mail-parser-reply==1.36
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$folder" node-email-reply-parser@0.1.4 planer@1.2.0
PYTHONPATH=$folder python3 -W ignore - <<'END'
from email_reply_parser import EmailReplyParser as One
from mailparser_reply import EmailReplyParser as Other

years = "Please send:\n\n-2022\n-2023\n\nAnn Smith"
period = "Please send my records\n\nFrom: 1 January 2022\nTo: 31 December 2023\n\nand my returns."
one = [One.parse_reply(each) for each in (years, period)]
other = [Other(languages=["en"]).parse_reply(each) for each in (years, period)]
print(one, other)
assert one == ["Please send:", "Please send my records"]
assert other == [years, "Please send my records"]
END
cd "$folder" && node - <<'END'
const assert = require('assert');
const one = require('node-email-reply-parser');
const other = require('planer');
const years = 'Please send:\n\n-2022\n-2023\n\nAnn Smith';
const period = 'Please send my records\n\nFrom: 1 January 2022\nTo: 31 December 2023\n\nand my returns.';
const found = [years, period].map((each) => [one(each, true).trim(), other.extractFrom(each, 'text/plain')]);
console.log(found);
assert.deepStrictEqual(found, [['Please send:', years], [period, 'Please send my records']]);
END
