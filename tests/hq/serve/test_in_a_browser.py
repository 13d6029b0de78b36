"""The page in a real browser (Debian's chromium), without JavaScript as well as with it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.hq.serve.conftest import PASSWORD, Serving

from gemba.hq import intake
from gemba.shipped import resource
from gemba.store import conflicts
from gemba.ui.theme.tokens import Tokens, contrast, dark, light
from gemba.work.desk import Desk

PAGES = ("/", "/packs", "/conflicts", "/dashboard", "/records/assessments", "/records/findings", "/records/actions")
_OPTIONS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-proxy-server",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
Browser = Any
Opening = Callable[..., Browser]


@pytest.fixture
def opening(tmp_path: Path) -> Iterator[Opening]:
    """Opens browsers; all are closed at the end."""
    if shutil.which("chromium") is None or shutil.which("chromedriver") is None:
        pytest.skip("needs Debian's packages chromium and chromium-driver")
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    open_ones: list[Browser] = []

    def start(*, script: bool = True, width: int = 1280, dark_look: bool = False) -> Browser:
        options = webdriver.ChromeOptions()
        options.binary_location = shutil.which("chromium") or ""
        for option in (*_OPTIONS, f"--user-data-dir={tmp_path / f'profile{len(open_ones)}'}"):
            options.add_argument(option)
        if not script:
            prefs = {"profile.managed_default_content_settings.javascript": 2}
            options.add_experimental_option("prefs", prefs)
        browser = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
        open_ones.append(browser)
        size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        if dark_look:
            look = [{"name": "prefers-color-scheme", "value": "dark"}]
            browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": look})
        return browser

    yield start
    for browser in open_ones:
        browser.quit()


def sign_in(browser: Browser, port: int, name: str = "Stewart") -> None:
    browser.get(f"http://127.0.0.1:{port}/sign-in")
    browser.find_element("id", "name").send_keys(name)
    browser.find_element("id", "password").send_keys(PASSWORD)
    browser.find_element("css selector", "main button").click()
    wait(browser, lambda _: "/sign-in" not in browser.current_url)


def wait(browser: Browser, true: Callable[[Browser], object]) -> None:
    """Wait until something is so; a form that was sent takes its time to be answered."""
    from selenium.common.exceptions import StaleElementReferenceException
    from selenium.webdriver.support.ui import WebDriverWait

    WebDriverWait(browser, 90, ignored_exceptions=[StaleElementReferenceException]).until(true)


def shows(words: str) -> Callable[[Browser], bool]:
    return lambda browser: words in browser.find_element("tag name", "main").text


def test_without_javascript_a_steward_signs_in_looks_around_settles_and_leaves(
    taken: intake.SignedFor, people: None, serving: Serving, opening: Opening, hq: Desk
) -> None:
    port = serving()
    browser = opening(script=False)
    browser.get("data:text/html,<noscript><p id=off>off</p></noscript>")
    assert browser.find_element("id", "off").is_displayed()
    sign_in(browser, port)
    wait(browser, shows("Overview"))
    browser.find_element("link text", "Conflicts").click()
    browser.find_element("css selector", ".card h2 a").click()
    for fieldset in browser.find_elements("css selector", "fieldset"):
        fieldset.find_element("css selector", "input[type=radio]").click()
    browser.find_element("id", "reason").send_keys("Seen on the photo")
    browser.find_element("css selector", ".settle button").click()
    wait(browser, shows("Nothing is in conflict"))
    with hq.reader() as reader:
        assert conflicts.open_conflicts(reader) == []
    browser.find_element("css selector", ".who button").click()
    wait(browser, shows("Sign in"))
    browser.get(f"http://127.0.0.1:{port}/packs")
    wait(browser, shows("Sign in"))


_FAULTS = """
const faults = [];
const label = e => (e.getAttribute('aria-label') || '') + [...(e.labels || [])].map(l => l.textContent).join('');
document.querySelectorAll('input:not([type=hidden]), select, textarea').forEach(e => {
  if (!label(e).trim()) faults.push('no label: ' + e.name);
});
document.querySelectorAll('a, button').forEach(e => {
  if (!(e.textContent.trim() || e.getAttribute('aria-label'))) faults.push('no words: ' + e.outerHTML);
});
document.querySelectorAll('th').forEach(e => { if (!e.scope) faults.push('no scope: ' + e.textContent); });
document.querySelectorAll('svg').forEach(e => {
  if (e.getAttribute('role') !== 'img' || !e.getAttribute('aria-labelledby')) faults.push('picture without words');
  (e.getAttribute('aria-labelledby') || '').split(' ').forEach(i => {
    if (!document.getElementById(i)) faults.push('nothing called ' + i);
  });
});
document.querySelectorAll('.scroll').forEach(e => { if (e.tabIndex !== 0) faults.push('not reached by keys'); });
const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
if (new Set(ids).size !== ids.length) faults.push('an id twice: ' + ids);
for (const tag of ['h1', 'main', 'header.bar', 'nav', 'footer'])
  if (document.querySelectorAll(tag).length < 1) faults.push('no ' + tag);
if (document.querySelectorAll('h1, main').length !== 2) faults.push('several h1 or main');
if (!document.documentElement.lang) faults.push('no language');
const page = document.documentElement;
if (page.scrollWidth > page.clientWidth) faults.push('wider than the window: ' + page.scrollWidth);
return faults;
"""


@pytest.mark.parametrize("width", [360, 1280])
def test_every_page_has_its_landmarks_and_labels_and_fits(
    taken: intake.SignedFor, people: None, serving: Serving, opening: Opening, hq: Desk, width: int
) -> None:
    port = serving()
    browser = opening(width=width)
    sign_in(browser, port, "Ada")
    with hq.reader() as reader:
        [one] = conflicts.open_conflicts(reader)
    for path in (*PAGES, "/audit-packs", f"/packs/{taken.pack}", f"/conflicts/{one.noun}/{one.entity}", "/nowhere"):
        browser.get(f"http://127.0.0.1:{port}{path}")
        assert browser.execute_script(_FAULTS) == [], path
        told = [entry for entry in browser.get_log("browser") if "404" not in entry["message"]]
        assert told == [], path


_LABELS = """
return [...document.querySelectorAll('.chart text')].map(e => e.getBoundingClientRect().height);
"""


@pytest.mark.parametrize("width", [360, 700, 1000, 1280])
def test_charts_keep_legible_labels_and_scroll_by_keys_in_their_own_box(
    taken: intake.SignedFor, people: None, serving: Serving, opening: Opening, width: int
) -> None:
    from selenium.webdriver.common.keys import Keys

    port = serving()
    browser = opening(width=width)
    sign_in(browser, port)
    browser.get(f"http://127.0.0.1:{port}/dashboard?days=0")
    assert min(browser.execute_script(_LABELS)) >= 12
    box = browser.find_element("css selector", ".chart .scroll")
    assert (box.aria_role, bool(box.accessible_name)) == ("region", True)
    scrolls = browser.execute_script("return arguments[0].scrollWidth > arguments[0].clientWidth", box)
    assert scrolls == (width < 600)
    if scrolls:
        box.send_keys(Keys.ARROW_RIGHT * 3)
        wait(browser, lambda _: browser.execute_script("return arguments[0].scrollLeft", box) > 0)


def test_the_first_tab_leads_to_the_content(people: None, serving: Serving, opening: Opening) -> None:
    from selenium.webdriver.common.keys import Keys

    port = serving()
    browser = opening()
    sign_in(browser, port)
    browser.find_element("tag name", "body").send_keys(Keys.TAB)
    first = browser.switch_to.active_element
    wait(browser, lambda _: first.text == "Skip to the content")
    first.send_keys(Keys.ENTER)
    assert browser.execute_script("return location.hash") == "#content"


def test_the_look_follows_the_system(people: None, serving: Serving, opening: Opening) -> None:
    port = serving()
    asked = "return getComputedStyle(document.documentElement).backgroundColor"
    shown = []
    for dark_look in (False, True):
        browser = opening(dark_look=dark_look)
        browser.get(f"http://127.0.0.1:{port}/sign-in")
        shown.append(browser.execute_script(asked))
    wanted = [tuple(int(look.page[i : i + 2], 16) for i in (1, 3, 5)) for look in (light(), dark())]
    assert shown == [f"rgb({red}, {green}, {blue})" for red, green, blue in wanted]


@pytest.mark.parametrize("look", [light(), dark()], ids=["light", "dark"])
def test_colours_are_those_of_the_house(look: Tokens) -> None:
    style = resource("web", "style.css").read_text("utf-8")
    begin = style.index("color-scheme: dark;") if look.dark else style.index("color-scheme: light;")
    block = style[begin : style.index("}", begin)]
    for name, value in look._asdict().items():
        if name != "dark":
            assert f"--{name.replace('_', '-')}: {value};" in block
    for words, ground in ((look.good, look.good_soft), (look.muted, look.plain_soft), (look.nav_muted, look.nav)):
        assert contrast(words, ground) >= 4.5
