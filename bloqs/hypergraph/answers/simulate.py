"""One run of a sentence: what was said, how likely it was, which engine ran it."""

from collections.abc import Mapping

from bloqs.hypergraph.answers.engines import (
    BY_GATES,
    engines_of,
    limits,
    probability_facts,
    probability_text,
    rounding_notes,
)
from bloqs.hypergraph.answers.reading import read_sentence, settings_of
from bloqs.hypergraph.model.judge import RecordVerdict, first_that_can
from bloqs.hypergraph.model.run_record import Probability
from estimator.ask.question import Asked
from estimator.report.model import Report
from estimator.report.parts import Column, Fact, Facts, Notes, Part, Table
from estimator.report.text import TEXT

LIMITS = "engines, in the order in which they are tried: {}"


def sentence_run(asked: Asked) -> Report:
    """A record drawn with the probabilities of the quantum model; all of them if asked for.

    Raises:
        ValueError: if the sentence is none, no engine can run it, or there are too many records.
    """
    sentence = read_sentence(asked)
    seed = asked.values["seed"]
    engines = engines_of(asked.get("engine"))
    engine, run = first_that_can(
        engines, lambda one: one.sample(sentence, seed), sentence, BY_GATES
    )
    verdict = RecordVerdict(run.record, True, run.probability, None, engine.name)
    rows = [
        Fact(key="record", value=run.record, style=TEXT),
        *probability_facts(run.probability, verdict.log2_probability),
        Fact(key="engine", value=engine.name, style=TEXT),
        Fact(key="qubits", label="qubits of the latent state", value=sentence.qubits,
            unit="qubits"),
    ]  # fmt: skip
    parts: list[Part] = [Facts(key="run", rows=rows), *rounding_notes(sentence, engine.name)]
    if (most := asked.get("records")) is not None:
        parts.append(records_table(engine.records(sentence, most)))
    parts.append(Notes(key="engines", lines=[LIMITS.format(limits())], is_section=True))
    settings = {**settings_of(sentence), "seed": seed}
    return Report(title="sentence", settings=settings, parts=parts)


def records_table(found: Mapping[str, Probability]) -> Table:
    """Every allowed record."""
    rows = [
        {"record": record, "probability": probability_text(chance)}
        for record, chance in sorted(found.items())
    ]
    columns = [Column(key="record"), Column(key="probability", align="right")]
    heading = f"all {len(rows)} allowed records"
    return Table(key="records", columns=columns, rows=rows, heading=heading, is_section=True)
