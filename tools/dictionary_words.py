"""Write the words of an English dictionary that streets may be named by.

    python tools/dictionary_words.py american-english-small

From the list of Debian's package ``wamerican-small`` 2020.12.07-2, which is SCOWL up to size 35
(``NOTICE`` has its terms; ``apt-get download wamerican-small``, then ``dpkg-deb -x``): words of
five to twelve small letters, without those that are another one of them with an S. Decision 0089
says why.
"""

import re
import sys
from hashlib import sha256
from pathlib import Path

SHA256 = "a6e2bc32526c38fa082ffbdb527ad9999e41b0a712d06e8415244068454d4d55"
WORDS = (
    Path(__file__).parents[1]
    / "src/ostiary/deciding/standardisation/vocabulary/dictionary_words.txt"
)


def words(source: str) -> str:
    """Give the file: one word a line, in order, in capitals."""
    found = {word.upper() for word in re.findall("^[a-z]{5,12}$", source, re.MULTILINE)}
    kept = [w for w in found if w.removesuffix("S") == w or w.removesuffix("S") not in found]
    return "".join(f"{word}\n" for word in sorted(kept))


if __name__ == "__main__":
    listed = Path(sys.argv[1]).read_bytes()
    if sha256(listed).hexdigest() != SHA256:
        sys.exit("another list: the tool knows american-english-small of 2020.12.07-2")
    WORDS.write_text(words(listed.decode()), "ascii")
