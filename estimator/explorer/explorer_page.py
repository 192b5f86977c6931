"""Costs that move with their parameters, as one HTML file that needs no network."""

import re
from collections.abc import Mapping, Sequence
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import Any

from bokeh.embed import components
from bokeh.resources import Resources

from estimator.ask.explorable import Target
from estimator.ask.parameter import quoted
from estimator.ask.question import Tracker, untracked
from estimator.explorer.controls import controls_of
from estimator.explorer.explorer_style import STYLE
from estimator.explorer.payload import payload_of
from estimator.explorer.widgets import page_models
from estimator.report.plain import line
from estimator.report.write_file import check_writable, write_file

ENDINGS = (".html", ".htm")
"""Of a page's file."""

SCRIPTS = ("formula.js", "question.js", "page.js")
"""The page's own scripts, in the order in which they need each other."""

IDENTITY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\bp\d{4,}\b")
"""What Bokeh calls its parts: another name at every run."""


def check_explorer(file: str | Path) -> None:
    """Refuse a file that cannot be written, before any work.

    Raises:
        ValueError: if its ending is another, or it cannot be written.
    """
    if Path(file).suffix.lower() not in ENDINGS:
        raise ValueError(f"a page to explore must be named .html, got {quoted(str(file))}")
    check_writable(file)


def write_explorer(
    target: str, file: str | Path, given: Mapping[str, Any], tracker: Tracker = untracked
) -> None:
    """Write a page about a system or a question, whole or not at all.

    Args:
        target: name of a system, or of one of its questions of cost.
        file: to write, named .html.
        given: parameters that stand at one value, or at those of a list with commas, as typed.
        tracker: shows progress.

    Raises:
        ValueError: if there is nothing to explore, or the file cannot be written.
    """
    check_explorer(file)
    write_file(file, explorer_of(Target.of(target), given, tracker).encode())


def explorer_of(target: Target, given: Mapping[str, Any], tracker: Tracker = untracked) -> str:
    """The page about a system or a question.

    Raises:
        ValueError: if a parameter does not exist, a value is not allowed, or there are too many
            formulas.
    """
    settings = target.settings(given)
    controls = {
        each.question.name: controls_of(each.question, settings[each.question.name])
        for each in target.found
    }
    payloads = [
        payload_of(each.system, each.question, controls[each.question.name], tracker)
        for each in target.found
    ]
    models = page_models({name: each.of for name, each in controls.items()})
    script, places = components(models, wrap_script=True)
    script, places = _renamed(script, places)
    return _whole(target, payloads, script, places)


def _renamed(script: str, places: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """What Bokeh made with names that are the same at every run."""
    names: dict[str, str] = {}

    def name(found: re.Match[str]) -> str:
        return names.setdefault(found[0], f"part-{len(names)}")

    script = IDENTITY.sub(name, script)
    return script, {key: IDENTITY.sub(name, each) for key, each in places.items()}


def _own_scripts() -> str:
    folder = files(__package__)
    return "\n".join(folder.joinpath(name).read_text(encoding="utf-8") for name in SCRIPTS)


def _whole(target: Target, payloads: Sequence[Any], script: str, places: Mapping[str, str]) -> str:
    title = escape(f"Explore {target.name}")
    bokeh = Resources("inline", components=["bokeh", "bokeh-widgets"])
    data = line(payloads).replace("</", "<\\/")
    begin = "quledgerPage.start(JSON.parse(document.getElementById('questions').textContent))"
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" href="data:,">
<style>{STYLE}</style>
{bokeh.render()}
</head>
<body>
<a class="skip" href="#answer">To the answer</a>
<header>
<h1>{title}</h1>
<p>{escape(target.says)}</p>
<noscript><p>This page works numbers out in the browser; scripts have to be on.</p></noscript>
</header>
<main>
<section id="settings" aria-labelledby="settings-title">
<h2 id="settings-title">Parameters</h2>
{places["controls"]}
<details><summary>what cannot be moved here</summary><ul id="left-out"></ul></details>
</section>
<section id="answer" aria-labelledby="answer-title">
<h2 id="answer-title">Cost</h2>
<p id="says"></p>
<p id="problem" role="status" hidden></p>
<div class="wide" role="region" tabindex="0" aria-label="costs">
<table><thead><tr><th scope="col">cost</th><th scope="col">value</th><th scope="col">unit</th></tr>
</thead><tbody id="values"></tbody></table></div>
<p>The same numbers: <code id="command"></code></p>
</section>
<section id="growth" aria-labelledby="growth-title">
<h2 id="growth-title">Growth</h2>
{places["chart"]}
<div class="wide" role="region" tabindex="0" aria-label="growth here">
<table><thead><tr><th scope="col">curve</th><th scope="col">here</th>
<th scope="col" id="slope-heading">exponent here</th></tr></thead>
<tbody id="slopes"></tbody></table></div>
</section>
<section id="meeting" aria-labelledby="meeting-title">
<h2 id="meeting-title">Crossovers</h2>
<p>Between the values at which the slider stops, along the parameter that is drawn; all others
stand as they are set.</p>
<ul id="crossings"></ul>
</section>
</main>
<footer><p>Written by Quledger. Whole numbers are exact at any size; other numbers have twelve
digits of floating-point arithmetic.</p></footer>
<script type="application/json" id="questions">{data}</script>
<script>
{_own_scripts()}
</script>
{script.strip()}
<script>
(function wait() {{
  if (window.Bokeh && Bokeh.documents.length) {begin};
  else setTimeout(wait, 20);
}})();
</script>
</body>
</html>
"""
