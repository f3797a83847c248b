"""No script makes markup of a string in which anything could run: Trusted Types, as the browser enforces them."""

import pytest
from playwright.sync_api import BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from commitments.roles import DeskRole
from tests.browser.conftest import Open

pytestmark = [pytest.mark.once, pytest.mark.django_db(transaction=True)]

# What of a page's scripts might be led to hand over.
RUNS = (
    "<script>window.ran = true</script>",
    "<script src='https://evil.example/a.js'></script>",
    "<script type='module'>window.ran = true</script>",
    "<img src='/nothing' onerror='window.ran = true'>",
    "<svg><animate onbegin='window.ran = true'></animate></svg>",
    "<a href='javascript:window.ran = true'>a</a>",
    "<a href=' java\tscript:window.ran = true'>a</a>",
    "<svg><a xlink:href='javascript:window.ran = true'>a</a></svg>",
    "<form action='JAVASCRIPT:window.ran = true'></form>",
    "<button formaction='javascript:window.ran = true'>a</button>",
    "<iframe srcdoc='a'></iframe>",
    "<iframe src='data:text/html,a'></iframe>",
    "<template><script>window.ran = true</script></template>",
    "<tr onclick='window.ran = true'><td>a</td></tr>",
    "</template></table><div></div><td onclick='window.ran = true'>a</td>",
    "<body onload='window.ran = true'>a</body>",
)
HARMLESS = (
    "<p class='a'>text</p>",
    "<tr><td>a</td></tr>",
    "<a href='/commitments/?q=data:a'>a</a>",
    "<template><p>a</p></template>",
    # Of a whole page. Put in place like this it does not run either.
    "<script src='/static/js/filters.js'></script><script type='application/ld+json'>{}</script>",
)

_HAND_OVER = """(text) => {
    const element = document.createElement("div");
    document.body.append(element);
    try {
        element.innerHTML = text;
        return element.innerHTML === "" ? "nothing" : "taken";
    } catch (error) {
        return error.name;
    }
}"""
_SINKS = (
    "document.createElement('script').text = 'window.ran = true'",
    "document.createElement('script').src = '/static/js/filters.js'",
    "setTimeout('window.ran = true')",
    "trustedTypes.createPolicy('mine', {createHTML: (text) => text})",
    "trustedTypes.createPolicy('default', {createHTML: (text) => text})",
)


def refused(page: Page, program: str) -> str:
    """The name of the error that the program ends with, or nothing."""
    said: str = page.evaluate(f"() => {{ try {{ {program}; return '' }} catch (error) {{ return error.name }} }}")
    return said


@pytest.fixture
def visited(context: BrowserContext) -> Page:
    # Not the `page` fixture: that one would fail for the very complaints that are wanted here.
    page = context.new_page()
    page.goto("/commitments/")
    return page


def test_a_string_in_which_anything_could_run_is_refused_whole(visited: Page) -> None:
    assert {text: said for text in RUNS if (said := visited.evaluate(_HAND_OVER, text)) != "TypeError"} == {}
    assert visited.evaluate("window.ran") is None


def test_other_strings_get_through(visited: Page) -> None:
    assert {text: visited.evaluate(_HAND_OVER, text) for text in HARMLESS} == dict.fromkeys(HARMLESS, "taken")


@pytest.mark.parametrize("program", _SINKS)
def test_no_script_makes_a_script_or_a_policy_of_its_own(visited: Page, program: str) -> None:
    assert refused(visited, program) in ("TypeError", "EvalError")
    visited.wait_for_timeout(50)
    assert visited.evaluate("window.ran") is None


def test_a_page_without_scripts_takes_no_string_at_all(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/about/")

    assert page.evaluate(_HAND_OVER, HARMLESS[0]) == "TypeError"


def test_without_the_policy_they_would_all_be_taken(context: BrowserContext) -> None:
    """The control: the same strings in a page that no policy guards."""
    page = context.new_page()
    page.goto("about:blank")

    assert {page.evaluate(_HAND_OVER, text) for text in RUNS if "</body>" not in text} <= {"taken", "nothing"}


def test_the_desk_keeps_to_it_too(at_desk: Open, live_server: LiveServer) -> None:
    page = at_desk(DeskRole.EDITOR)
    page.goto(f"{live_server.url}/admin/commitments/development/log/")

    assert page.evaluate("Boolean(window.htmx && window.django.jQuery)")
    assert {text: said for text in RUNS if (said := page.evaluate(_HAND_OVER, text)) != "TypeError"} == {}
