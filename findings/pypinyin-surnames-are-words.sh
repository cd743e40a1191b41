#!/bin/sh
# pypinyin 0.55.0: characters that are read in another way where they are a surname are read as words, also at the
# beginning of a well-known person's name: Shan is dan, Qiu chou, Zeng ceng, Zha cha, Ou qu. A name in Latin letters
# made with it is not the one in the person's passport.
# Seen: dan chou ceng cha qu
# Ostiary: transliterates no Chinese characters; names are asked about in Latin letters.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$folder" pypinyin==0.55.0
PYTHONPATH=$folder python3 - <<'END'
from pypinyin import lazy_pinyin

found = [lazy_pinyin(surname + "\u5fd7\u660e")[0] for surname in "\u5355\u4ec7\u66fe\u67e5\u533a"]
print(*found)
assert found == ["dan", "chou", "ceng", "cha", "qu"]
END
