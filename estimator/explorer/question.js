// A question of a page: what its controls may stand at, and what it answers there.
const quledgerQuestion = (() => {
  "use strict";
  const { Ratio, NoAnswer, valueOf, text, real, log10, compared } = quledgerFormula;

  function controlOf(question, name) {
    return question.controls.find((each) => each.name === name);
  }

  // The value that a text stands for, or a sentence that says why it is none.
  function parsed(control, given) {
    const typed = given.trim().replace(/,/g, "");
    if (control.kind === "choice") {
      return control.stops.includes(typed) ? { value: typed }
        : { problem: `${control.option} must be one of ${control.stops.join(", ")}, got ${given}` };
    }
    const whole = control.kind !== "real";
    const kind = control.kind === "power" ? "power of two" : whole ? "whole number" : "number";
    const bounds = [];
    if (control.least !== null) bounds.push(`${control.openBelow ? ">" : ">="} ${control.least}`);
    if (control.most !== null) bounds.push(`${control.openAbove ? "<" : "<="} ${control.most}`);
    const problem = `${control.option} must be a ${kind} ${bounds.join(" and ")}, got ${given}`;
    const parts = /^(\d+)\s*(?:\*\*|\^)\s*(\d+)$/.exec(typed);
    let value;
    if (parts && parts[2].length < 5) value = BigInt(parts[1]) ** BigInt(parts[2]);
    else if (/^\d+$/.test(typed)) value = BigInt(typed);
    else if (/^\d*\.?\d+(e[+-]?\d+)?$|^\d+\.(e[+-]?\d+)?$/i.test(typed)) value = Number(typed);
    else return { problem };
    if (!whole) value = real(value);
    else if (typeof value === "number") {
      if (!Number.isSafeInteger(value)) return { problem };
      value = BigInt(value);
    }
    if (typeof value === "number" && !Number.isFinite(value)) return { problem };
    const bound = (given) => (whole && /^\d+$/.test(given) ? BigInt(given) : Number(given));
    const below = control.least === null ? 1 : compared(value, bound(control.least));
    const above = control.most === null ? -1 : compared(value, bound(control.most));
    if (below < 0 || (control.openBelow && below === 0)) return { problem };
    if (above > 0 || (control.openAbove && above === 0)) return { problem };
    if (control.kind === "power" && quledgerFormula.exactLog2(value) === null) return { problem };
    if (!control.free && !control.stops.some((stop) => compared(parsedStop(control, stop), value) === 0)) {
      return { problem: `${control.option} on this page is one of ${control.stops.join(", ")}, got ${given}` };
    }
    return { value };
  }
  const parsedStop = (control, stop) => (control.kind === "real" ? Number(stop) : BigInt(stop));

  // Whether a control means something where the choices stand.
  function hasMeaning(question, name, values) {
    return isWhere(question, question.where[name] ?? {}, values);
  }
  function isWhere(question, wanted, values) {
    return Object.entries(wanted).every(([choice, allowed]) => {
      const pinned = question.pinned[`--${choice.replace(/_/g, "-")}`];
      return allowed.includes(values[choice] ?? pinned ?? "");
    });
  }

  function formOf(question, values) {
    const key = question.controls.filter((each) => each.form).map((each) => values[each.name]);
    question.index ??= new Map(question.forms.map((form) => [form.values.join("\n"), form]));
    return question.index.get(key.join("\n"));
  }

  function tablesOf(question, values) {
    question.lookups ??= question.tables.map((table) => {
      const controls = table.names.map((name) => controlOf(question, name));
      return (at) => {
        let place = 0;
        for (const control of controls) {
          const stop = control.stops.findIndex(
            (each) => compared(parsedStop(control, each), at[control.name]) === 0);
          if (stop < 0) throw new NoAnswer(`${control.option} stands between its values`);
          place = place * control.stops.length + stop;
        }
        if (table.entries[place] === null) throw new NoAnswer("a degree has no value here");
        return BigInt(table.entries[place]);
      };
    });
    return question.lookups;
  }

  // What a question answers: `columns` by key, all or some, or a sentence.
  function answer(question, typed, keys = null) {
    const values = {};
    for (const control of question.controls) {
      const found = parsed(control, typed[control.name]);
      if (found.problem) return { problem: found.problem };
      values[control.name] = control.kind === "choice" || control.form ? typed[control.name] : found.value;
    }
    const form = formOf(question, values);
    if (form.refusal) return { problem: form.refusal };
    const tables = tablesOf(question, values), known = [], names = {};
    const inParameters = { ...values };
    for (const control of question.controls) {
      if (control.form && control.kind !== "choice") inParameters[control.name] = parsedStop(control, values[control.name]);
    }
    try {
      for (const [symbol, place] of Object.entries(question.sizes)) {
        names[symbol] = valueOf(question.steps, place, inParameters, tables, known);
        const says = question.wholes[symbol];
        if (says !== undefined && !(typeof names[symbol] === "bigint" && names[symbol] >= 0n)) {
          return { problem: `these sizes do not go together: ${says} must be a whole number, not negative; change one of them` };
        }
      }
      for (const rule of question.holds) {
        if (!isWhere(question, rule.where, values)) continue;
        if (compared(valueOf(question.steps, rule.step, inParameters, tables, known), 0n) < 0) {
          return { problem: `${rule.says}; change one of the values, or ask the command` };
        }
      }
    } catch (problem) {
      if (!(problem instanceof NoAnswer) && !(problem instanceof RangeError)) throw problem;
      return { problem: `these numbers have no answer: ${problem.message}` };
    }
    const found = {}, cache = [], all = { ...inParameters, ...names };
    for (const [key, [kind, value]] of Object.entries(form.columns)) {
      if (keys !== null && !keys.has(key)) continue;
      if (kind === "words") { found[key] = { text: value, value: null }; continue; }
      try {
        const result = valueOf(question.steps, value, all, tables, cache);
        found[key] = { text: text(result), value: result };
      } catch (problem) {
        if (!(problem instanceof NoAnswer) && !(problem instanceof RangeError)) throw problem;
        found[key] = { text: `no answer: ${problem.message}`, value: null };
      }
    }
    return { columns: found };
  }

  // The command that gives the same numbers.
  function command(question, typed) {
    const words = [question.command];
    for (const [option, value] of Object.entries(question.pinned)) words.push(`${option} ${value}`);
    for (const control of question.controls) {
      if (!hasMeaning(question, control.name, typed) || typed[control.name] === "") continue;
      const value = typed[control.name].replace(/,/g, "");
      if (control.kind === "choice" && control.stops.join() === "no,yes") {
        if (value === "yes") words.push(control.option);
      } else words.push(`${control.option} ${value}`);
    }
    return words.join(" ");
  }
  const starts = (question) => Object.fromEntries(
    question.controls.map((each) => [each.name, each.stops[each.start]]));

  return { parsed, answer, command, starts, hasMeaning, controlOf, formOf, Ratio, log10, real, text, compared };
})();
