"""What every page for the public keeps without a browser: levels of headings, and landmarks."""

import re

_HEADING = re.compile(r"<h([1-6])[ >]")
_BODY = re.compile(r"<body[^>]*>(.*)</body>", re.DOTALL)
_LANDMARK = re.compile(r"<(header|main|nav|footer|aside)[ >].*?</\1>", re.DOTALL)
_SKIP = re.compile(r'<a [^>]*href="#[^>]*>.*?</a>', re.DOTALL)


def outline_faults(page):
    """Give where a page skips a level of headings, and what stands in no landmark (axe: region)."""
    levels = [int(level) for level in _HEADING.findall(page)]
    pairs = zip([0, *levels], levels, strict=False)
    skipped = [f"h{after} behind h{before}" for before, after in pairs if after > before + 1]
    outside = re.sub(r"<[^>]+>", " ", _SKIP.sub(" ", _LANDMARK.sub(" ", _BODY.findall(page)[0])))
    return skipped + ([f"in no landmark: {' '.join(outside.split())}"] if outside.split() else [])
