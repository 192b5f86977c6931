// Joins the controls and the chart of a page (made by Bokeh) with the questions that it answers.
const quledgerPage = (() => {
  "use strict";
  const { answer, command, starts, hasMeaning, controlOf, parsed, log10, real, text, compared } = quledgerQuestion;
  const state = { questions: [], typed: [], at: 0, kept: null, along: [], curves: [], busy: false };

  const model = (...name) => Bokeh.documents[0].get_model_by_name(name.join("/"));
  const element = (id) => document.getElementById(id);
  const question = () => state.questions[state.at];
  const typedNow = () => state.typed[state.at];
  const moving = (each) => each.controls.filter((x) => x.kind !== "choice" && x.stops.length > 1 && !x.form);

  function start(questions) {
    state.questions = questions;
    state.typed = questions.map(starts);
    state.along = questions.map((each) => {
      const names = moving(each).map((x) => x.name);
      return names.includes(each.grows) ? each.grows : names[0];
    });
    state.curves = questions.map((each) => each.drawn.filter((key) => each.columns.some((x) => x.key === key)));
    fill();
    show();
  }

  // What the chart's own controls offer for this question.
  function fill() {
    state.busy = true;
    const each = question();
    const along = model("along"), curves = model("curves");
    along.options = moving(each).map((x) => [x.name, x.option]);
    along.value = state.along[state.at];
    curves.options = each.columns.map((x) => [x.key, nameOf(x)]);
    curves.value = state.curves[state.at];
    state.questions.forEach((_, i) => { model("controls", i).visible = i === state.at; });
    state.busy = false;
  }
  const nameOf = (column) => (column.group ? `${column.group}: ${column.label}` : column.label);

  // A slider was moved to a stop, a choice made, or a value typed.
  function moved(at, name, given) {
    if (state.busy) return;
    const control = controlOf(state.questions[at], name);
    const value = control.kind !== "choice" && typeof given === "number" ? control.stops[given] : String(given);
    const found = parsed(control, value);
    if (found.problem) { say(found.problem); return; }
    state.typed[at][name] = typeof found.value === "bigint" ? String(found.value) : value;
    state.busy = true;
    const slider = model("slider", at, name), field = model("field", at, name);
    if (slider) slider.value = nearest(control, found.value);
    if (field) field.value = state.typed[at][name];
    state.busy = false;
    show();
  }
  function nearest(control, value) {
    let best = 0;
    control.stops.forEach((stop, i) => {
      if (Math.abs(real(value) - Number(stop)) < Math.abs(real(value) - Number(control.stops[best]))) best = i;
    });
    return best;
  }
  function chosen(name) { // another question
    state.at = state.questions.findIndex((each) => each.name === name);
    state.kept = null;
    fill();
    show();
  }
  function drawn() { // other curves, or another size along which they go
    if (state.busy) return;
    state.along[state.at] = model("along").value;
    state.curves[state.at] = model("curves").value;
    show();
  }
  function keep() {
    state.kept = state.kept ? null : { typed: { ...typedNow() }, words: command(question(), typedNow()) };
    model("keep").label = state.kept ? "Forget the kept setting" : "Keep this setting to compare";
    show();
  }

  function say(problem) {
    const line = element("problem");
    line.textContent = problem ?? "";
    line.hidden = !problem;
  }

  function show() {
    const each = question(), typed = typedNow();
    for (const control of each.controls) {
      const slider = model("slider", state.at, control.name);
      const means = hasMeaning(each, control.name, typed);
      if (slider) {
        slider.visible = means;
        slider.properties.show_value.change.emit(); // the value stands in the title
      }
      const field = model("field", state.at, control.name);
      if (field) field.visible = means;
    }
    element("says").textContent = `${each.says} ${each.source}`;
    element("command").textContent = command(each, typed);
    const found = answer(each, typed);
    say(found.problem);
    table(each, found.columns ?? {});
    draw(each, typed, found.columns ?? {});
    leftOut(each);
    setTimeout(tell, 0); // once the sliders have moved
  }
  // What a program that reads the page aloud says of a slider.
  function tell(root = document) {
    for (const each of root.querySelectorAll("*")) {
      if (!each.shadowRoot) continue;
      const title = each.shadowRoot.querySelector(".bk-slider-title")?.textContent.split(": ");
      for (const handle of title ? each.shadowRoot.querySelectorAll(".noUi-handle") : []) {
        handle.setAttribute("aria-label", title[0]);
        handle.setAttribute("aria-valuetext", title[1]);
      }
      tell(each.shadowRoot);
    }
  }
  function label(at, name) {
    if (!state.questions.length) return "";
    const control = controlOf(state.questions[at], name), value = state.typed[at][name];
    const unit = control.unit && control.unit !== "1" ? ` ${control.unit}` : "";
    const power = control.kind === "power" ? ` = 2**${quledgerFormula.bitLength(BigInt(value)) - 1n}` : "";
    const shown = control.kind === "real" ? value : text(BigInt(value));
    return `${shown}${power}${unit}`;
  }

  function cell(tag, words, name) {
    const made = document.createElement(tag);
    made.textContent = words;
    if (name) made.className = name;
    return made;
  }
  function table(each, columns) {
    const body = element("values");
    const rows = [];
    let group = null;
    for (const column of each.columns) {
      const value = columns[column.key];
      if (!value) continue;
      if (column.group !== group && column.group) {
        const heading = document.createElement("tr"), head = cell("th", column.group, "group");
        head.colSpan = 3;
        head.scope = "rowgroup";
        heading.append(head);
        rows.push(heading);
      }
      group = column.group;
      const row = document.createElement("tr"), label = cell("th", column.label);
      label.scope = "row";
      row.dataset.key = column.key;
      const about = typeof value.value === "number" && Math.abs(value.value) >= 1e15;
      const name = `value${about ? " about" : ""}${value.text.length < 24 ? " short" : ""}`;
      row.append(label, cell("td", value.text, name), cell("td", column.unit, "quiet"));
      rows.push(row);
    }
    body.replaceChildren(...rows);
  }
  function leftOut(each) {
    const items = Object.entries(each.leftOut).map(([option, why]) => cell("li", `${option}: ${why}`));
    for (const [option, value] of Object.entries(each.pinned)) items.push(cell("li", `${option} stands at ${value}`));
    element("left-out").replaceChildren(...items);
  }

  // The values of some columns where a parameter stands at each of its stops.
  function along(each, typed, control, keys) {
    return control.stops.map((stop) => {
      const found = answer(each, { ...typed, [control.name]: stop }, keys);
      return { stop, x: position(control, stop), columns: found.columns ?? {} };
    });
  }
  const isLogarithmic = (control) => Number(control.stops[0]) > 0
    && (control.kind === "power" || Number(control.stops.at(-1)) / Number(control.stops[0]) > 50);
  const position = (control, stop) => (control.kind === "power" ? Math.log2(Number(stop))
    : isLogarithmic(control) ? Math.log10(Number(stop)) : Number(stop));
  const height = (cells) => {
    const value = cells?.value;
    return value === null || value === undefined || compared(value, 0n) <= 0 ? NaN : log10(value);
  };

  function draw(each, typed, now) {
    const control = controlOf(each, state.along[state.at]);
    const keys = state.curves[state.at];
    const meets = each.meets.filter(([one, two]) => now[one] && now[two]);
    const wanted = new Set([...keys, ...meets.flat()]);
    const points = control ? along(each, typed, control, wanted) : [];
    const kept = control && state.kept ? along(each, state.kept.typed, control, wanted) : null;
    const lines = [];
    for (const key of keys) {
      const column = each.columns.find((x) => x.key === key);
      if (column) lines.push({ label: nameOf(column), rival: column.rival, points, key });
      if (column && kept) lines.push({ label: `${nameOf(column)}, kept`, rival: true, points: kept, key, kept: true });
    }
    let i = 0;
    for (; model("line", i); i += 1) {
      const line = lines[i];
      const seen = line ? line.points.filter((x) => Number.isFinite(height(x.columns[line.key]))) : [];
      model("source", i).data = {
        x: seen.map((x) => x.x), y: seen.map((x) => height(x.columns[line.key])),
        stop: seen.map((x) => x.stop), value: seen.map((x) => x.columns[line.key].text),
        name: seen.map(() => line.label),
      };
      model("line", i).glyph.line_dash = line?.kept ? [2, 3] : line?.rival ? [8, 4] : [];
      if (line) Object.assign(line, { colour: model("line", i).glyph.line_color.value, seen });
    }
    ranges(lines.slice(0, i));
    const here = control ? keys.map((key) => [position(control, typed[control.name]), height(now[key])])
      .filter(([, y]) => Number.isFinite(y)) : [];
    model("here").data = { x: here.map(([x]) => x), y: here.map(([, y]) => y) };
    if (control) {
      model("x axis").axis_label = control.option + (control.unit && control.unit !== "1" ? ` (${control.unit})` : "");
      model("x ticks").args = { kind: control.kind === "power" ? "2" : isLogarithmic(control) ? "10" : "" };
      model("plot").change.emit();
    }
    slopes(each, control, lines.slice(0, i), typed, now);
    crossings(each, control, points, kept, meets, keys, typed);
    if (lines.length > i) say(`only ${i} curves are drawn, ${lines.length} are chosen; drop some`);
  }

  function ranges(lines) {
    for (const axis of ["x", "y"]) {
      const all = lines.flatMap((line) => line.seen.map((point) => (axis === "x" ? point.x : height(point.columns[line.key]))));
      if (!all.length) continue;
      const low = Math.min(...all), high = Math.max(...all), gap = (high - low || 1) / 30;
      model(`${axis} range`).setv({ start: low - gap, end: high + gap });
    }
  }

  // The curves with their colours, and how steep each is here, between the stops on either side.
  function slopes(each, control, lines, typed, now) {
    const rows = lines.map((line) => {
      const made = document.createElement("tr"), head = cell("th", ""), swatch = cell("span", "");
      head.scope = "row";
      swatch.className = "swatch";
      swatch.style.borderTopColor = line.colour;
      swatch.style.borderTopStyle = line.kept ? "dotted" : line.rival ? "dashed" : "solid";
      head.append(swatch, line.label);
      const at = line.kept ? state.kept.typed : typed;
      const value = line.kept ? answer(each, at, new Set([line.key])).columns?.[line.key] : now[line.key];
      made.append(head, cell("td", value ? value.text : "", "value"), cell("td", slope(control, line.points, line.key, at)));
      return made;
    });
    element("slopes").replaceChildren(...rows);
    element("slope-heading").textContent = control ? `exponent in ${control.name} here` : "";
  }
  function slope(control, points, key, typed) {
    if (!control) return "";
    const seen = points.filter((x) => Number.isFinite(height(x.columns[key])) && Number(x.stop) > 0);
    const here = Number(typed[control.name]);
    const below = seen.filter((x) => Number(x.stop) <= here).at(-1);
    const above = seen.find((x) => Number(x.stop) > here) ?? null;
    const [one, two] = above ? [below, above] : [seen.at(-2), seen.at(-1)];
    if (!one || !two) return "";
    const gap = height(two.columns[key]) - height(one.columns[key]);
    return (gap / Math.log10(Number(two.stop) / Number(one.stop))).toFixed(2);
  }

  function crossings(each, control, points, kept, meets, keys, typed) {
    const found = [];
    const label = (key) => nameOf(each.columns.find((x) => x.key === key));
    if (control) {
      for (const [one, two] of meets) {
        found.push(...meeting(label(one), label(two), points, points, one, two, control,
          (stop) => { const c = answer(each, { ...typed, [control.name]: stop }, new Set([one, two])).columns ?? {}; return [c[one], c[two]]; }));
      }
      for (const key of kept ? keys : []) {
        const keptTyped = state.kept.typed;
        found.push(...meeting(label(key), `${label(key)}, kept`, points, kept, key, key, control, (stop) => [
          answer(each, { ...typed, [control.name]: stop }, new Set([key])).columns?.[key],
          answer(each, { ...keptTyped, [control.name]: stop }, new Set([key])).columns?.[key]]));
      }
    }
    if (kept) found.push(`kept: ${state.kept.words}`);
    const lines = found.length ? found : ["No other way of doing the same is on this page for these choices."];
    element("crossings").replaceChildren(...lines.map((line) => cell("li", line)));
  }
  // Where one curve falls below another or rises above it.
  function meeting(one, two, ours, theirs, key, other, control, at) {
    const signs = ours.map((x, i) => {
      const a = x.columns[key]?.value, b = theirs[i].columns[other]?.value;
      return a === null || b === null || a === undefined || b === undefined ? null : compared(a, b);
    });
    const said = [];
    let last = null;
    signs.forEach((sign, i) => {
      if (sign === null) return;
      if (last !== null && (sign < 0) !== (signs[last] < 0)) {
        const stop = between(control, ours[last].stop, ours[i].stop, signs[last] < 0, at);
        said.push(`${one} is ${sign < 0 ? "below" : "no longer below"} ${two} from ${control.name} = ${shown(control, stop)} on.`);
      }
      last = i;
    });
    if (!said.length && last !== null) {
      const range = `from ${control.name} = ${shown(control, ours[signs.findIndex((x) => x !== null)].stop)} to ${shown(control, ours[last].stop)}`;
      said.push(`${one} is ${signs[last] < 0 ? "always" : "never"} below ${two}, ${range}.`);
    }
    return said;
  }
  const shown = (control, stop) => (control.kind === "power"
    ? `2**${quledgerFormula.bitLength(BigInt(stop)) - 1n}` : /^\d+$/.test(stop) ? text(BigInt(stop)) : stop);
  function between(control, low, high, wasBelow, at) {
    if (!control.free) return high;
    const isBelow = (stop) => { const [a, b] = at(stop); return a && b && a.value !== null && b.value !== null ? compared(a.value, b.value) < 0 : null; };
    if (control.kind === "whole") {
      let [one, two] = [BigInt(low), BigInt(high)];
      while (two - one > 1n) {
        const middle = (one + two) / 2n;
        if (isBelow(String(middle)) === wasBelow) one = middle; else two = middle;
      }
      return String(two);
    }
    let [one, two] = [Number(low), Number(high)];
    for (let i = 0; i < 30; i += 1) {
      const middle = (one + two) / 2;
      if (isBelow(String(middle)) === wasBelow) one = middle; else two = middle;
    }
    return `about ${Number(two.toPrecision(4))}`;
  }

  return { start, moved, label, chosen, drawn, keep, state, answer: (at, typed) => answer(state.questions[at], typed) };
})();
