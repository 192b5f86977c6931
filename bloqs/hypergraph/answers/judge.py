"""Whether a record is allowed, and whether an automaton is right on every string."""

import attrs

from bloqs.hypergraph.answers.engines import (
    BY_GATES,
    engines_of,
    probability_facts,
    rounding_notes,
)
from bloqs.hypergraph.answers.reading import read_sentence_and_record, settings_of
from bloqs.hypergraph.model.automaton import automaton_from_text
from bloqs.hypergraph.model.judge import judge_record
from bloqs.hypergraph.model.product_search import judge_automaton
from estimator.ask.question import Asked
from estimator.ask.text_file import texts_of
from estimator.report.model import Report
from estimator.report.parts import Fact, Facts
from estimator.report.text import TEXT, Style

YES_NO = Style("yes or no", lambda value: "yes" if value else "no")


def record_judged(asked: Asked) -> Report:
    """Whether the record can occur, with its probability; `passed` says so.

    Raises:
        ValueError: if sentence or record are none, or no engine can run the sentence.
    """
    sentence, text = read_sentence_and_record(asked)
    found = judge_record(sentence, text, engines_of(asked.get("engine")), BY_GATES)
    rows = [Fact(key="allowed", value=found.is_allowed, style=YES_NO)]
    rows += probability_facts(found.probability, found.log2_probability)
    if found.stopped is not None:
        token = sentence.tokens[found.stopped].text(sentence.field_bits > 1)
        beside = f"{token} cannot answer {found.record[-1]}"
        rows.append(
            Fact(key="stopped", label="impossible at token", value=found.stopped, beside=beside)
        )
    rows.append(Fact(key="engine", value=found.engine, style=TEXT))
    return Report(
        title="record",
        settings=settings_of(sentence),
        parts=[Facts(key="judged", rows=rows), *rounding_notes(sentence, found.engine)],
        passed=found.is_allowed,
    )


def automaton_judged(asked: Asked) -> Report:
    """Whether the machine is right on every string of its language; `passed` says so.

    Raises:
        ValueError: if it is no machine, or too many quantum states are reached.
    """
    (text,) = texts_of(asked.values, ("automaton",))
    machine = automaton_from_text(text)
    if (language := asked.get("language")) is not None:
        machine = attrs.evolve(machine, language=language)
    found = judge_automaton(machine, asked.values["states"])
    rows = [Fact(key="right", label="right on every string", value=found.is_right, style=YES_NO)]
    if not found.is_right:
        rows += [
            Fact(
                key="counterexample",
                label="shortest counterexample",
                value=found.counterexample,
                style=TEXT,
            ),
            Fact(key="record", label="its record there", value=found.record, style=TEXT),
        ]
    rows.append(Fact(key="pairs", label="pairs of states seen", value=found.pairs, unit="pairs"))
    return Report(
        title="automaton",
        settings={
            "n": machine.alphabet.modes,
            "tokens": len(machine.alphabet.tokens),
            "states": machine.states,
            "language": machine.language,
        },
        parts=[Facts(key="judged", rows=rows)],
        passed=found.is_right,
    )
