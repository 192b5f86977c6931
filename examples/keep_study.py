"""Writes the runs of a study as the file that records are judged from.

python examples/keep_study.py FOLDER FILE "COMMAND": the folder is that of --out.
"""

import json
import sys
from pathlib import Path

from bloqs.contrastive.training.run_outcome import outcome
from bloqs.contrastive.training.study_answer import MARK, TABLE


def kept(folder: Path, command: str) -> dict[str, object]:
    """Accuracies of every run, and what made them."""
    mark = json.loads((folder / MARK).read_text())
    arms = [row["arm"] for row in json.loads((folder / TABLE).read_text())["arms"]]
    runs: dict[str, list[object]] = {}
    settings, seconds = {}, {}
    for arm in arms:
        number = sum(1 for _ in folder.glob(f"{arm}-[0-9]*.json"))
        files = [json.loads((folder / f"{arm}-{seed}.json").read_text()) for seed in range(number)]
        runs[arm] = [
            {
                layer: {way: round(value, 4) for way, value in ways.items()}
                for layer, ways in outcome(each["metrics"]).items()
            }
            for each in files
        ]
        own = files[0]["settings"]
        settings[arm] = {x: own[x] for x in ("layers", "steps", "gradient", "shots")}
        seconds[arm] = round(sum(each["cpu_seconds"] for each in files), 1)
    return {
        "command": command, "shared": mark, "settings": settings, "cpu_seconds": seconds,
        "runs": runs,
    }  # fmt: skip


if __name__ == "__main__":
    where, target, typed = sys.argv[1:]
    lines = json.dumps(kept(Path(where), typed), separators=(",", ":"))
    lines = lines.replace('{"after"', '\n{"after"').replace('},"', '},\n"')
    Path(target).write_text(lines + "\n")
