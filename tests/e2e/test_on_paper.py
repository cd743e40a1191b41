"""On paper: what an empty form would ask is left out, and a list, a text, a search stay whole."""

from pathlib import Path

import pytest

from chromium import chromium
from ostiary.faces import web

pytestmark = pytest.mark.browser
_STYLE = Path(web.__file__).parent / "static" / "web" / "office.css"
_LINES = "\n".join(f"line {number} = {'long ' * 60}" for number in range(80))
_PAGE = f"""<!doctype html><html lang="en"><head><title>A page</title><style>{{style}}</style>
</head>
<body><main id="main"><h2 id="head" class="for-the-form">Add a row</h2>
<form method="post" id="empty"><label for="a">Row</label><input id="a"></form>
<table><tbody><tr><th>Who<details id="change"><summary>Change</summary><form method="post">
<button>End</button></form></details></th></tr></tbody></table>
<details id="rows"><summary>4 rows</summary><table id="inner"><tbody><tr><td>row</td></tr></tbody>
</table></details>
<form method="post" id="list"><table><tbody><tr><td>case</td></tr></tbody></table></form>
<form method="post" id="search" class="on-sheets"><input value="anna"></form>
<form method="post" id="text"><textarea id="file" class="mono">{_LINES}</textarea>
<div class="actions" id="actions"><button>Check</button></div></form>
<table class="elements"><tbody><tr><td><span class="pair" id="one">Agency a</span><span class="pair"
id="two">Offence b</span></td></tr></tbody></table></main></body></html>"""


def test_a_sheet_has_what_is_stored_and_no_empty_form():
    with chromium() as browser:
        page = browser.new_page()
        page.set_content(_PAGE.format(style=_STYLE.read_text()))
        for one in ("head", "empty", "change", "list", "search", "file", "actions"):
            assert page.locator(f"#{one}").is_visible(), one
        top = "document.getElementById('{}').offsetTop"
        assert page.evaluate(f"{top.format('two')} > {top.format('one')}")
        page.emulate_media(media="print")
        for one in ("head", "empty", "change", "actions"):
            assert not page.locator(f"#{one}").is_visible(), one
        for one in ("inner", "list", "search", "file"):
            assert page.locator(f"#{one}").is_visible(), one
        cut = "(() => {const one = document.getElementById('file'); return one.scrollHeight"
        cut += " > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1})()"
        assert not page.evaluate(cut)
        assert page.evaluate(f"{top.format('two')} === {top.format('one')}")
