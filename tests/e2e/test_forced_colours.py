"""In forced colours the shared head keeps no colour of ours: read there, and told so to axe."""

from pathlib import Path

import pytest

from chromium import chromium, faults_of
from ostiary.faces import web

pytestmark = pytest.mark.browser
_STYLE = Path(web.__file__).parent / "static" / "web" / "office.css"
_HEAD = """<!doctype html><html lang="en"><head><title>A page</title><style>{style}</style></head>
<body><header class="top"><div class="top-row"><a class="brand" href="#main">Ostiary</a>
<span class="office-name">office.example</span><span class="training">Training</span>
<div class="who"><span><span class="quiet">Monitor</span> monitor-1</span></div></div>
<nav class="places" aria-label="Places"><ul><li><a href="#main" aria-current="page">Orders</a></li>
<li><a href="#main">Rule book</a></li></ul></nav></header>
<main id="main"><h1>A page</h1></main></body></html>"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_head_of_every_page_is_read_in_forced_colours(scheme):
    with chromium() as browser:
        context = browser.new_context(forced_colors="active", color_scheme=scheme)
        page = context.new_page()
        page.set_content(_HEAD.format(style=_STYLE.read_text()))
        assert faults_of(page) == []
        context.close()


def test_an_id_of_eighty_signs_breaks_and_no_list_scrolls_sideways():
    table = (
        '<table class="stack"><caption>One</caption><thead><tr><th scope="col">Entry</th>'
        '<th scope="col">By</th></tr></thead><tbody><tr><th scope="row">Entry 1</th>'
        f'<td data-label="By">{"a" * 80}</td></tr></tbody></table></main>'
    )
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 320, "height": 900})
        page.set_content(_HEAD.format(style=_STYLE.read_text()).replace("</main>", table))
        assert page.evaluate("document.documentElement.scrollWidth") == 320
