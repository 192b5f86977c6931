"""Steps and circuits of the published schedule, by formulas and by going through the batches."""

from typing import Any

from bloqs.contrastive.model.ansatz_sizes import sizes_of
from bloqs.contrastive.model.training_circuits import Schedule, circuits_of_step
from proofs.agreement import AgreementClaim
from proofs.claim import Measurement

PUBLISHED = {
    "images": 25_000,
    "tests": 5_000,
    "batch": 256,
    "epochs": 2,
    "kind": "ring",
    "width": 8,
    "layers": 2,
}
SMALL = {**PUBLISHED, "images": 70, "tests": 9, "batch": 16, "epochs": 3, "width": 4}
PRINTED = {
    "steps of an epoch": 97,
    "circuits of a step": 41_472,
    "circuits of training": 8_045_568,
    "circuits of a probe": 3_000_000,
}
"""Of the published schedule."""

PROBE_EPOCHS = 100


def stated(**case: Any) -> dict[str, Any]:
    """By the library's formulas."""
    sizes = sizes_of(case["kind"], case["width"], case["layers"])
    schedule = Schedule(
        images=case["images"], test_images=case["tests"], epochs=case["epochs"],
        probe_epochs=PROBE_EPOCHS,
    )  # fmt: skip
    steps = schedule.steps(case["batch"])
    circuits = circuits_of_step("two-term", case["batch"], case["width"], sizes)
    return {
        "steps of an epoch": steps,
        "circuits of a step": circuits,
        "circuits of training": case["epochs"] * steps * circuits,
        "circuits of a probe": schedule.probe_circuits,
    }


def found(**case: Any) -> tuple[dict[str, Any], Measurement]:
    """By going through batches, views and angles; those published must be these."""
    full = len(range(0, case["images"] - case["batch"] + 1, case["batch"]))
    angles = [*range(case["width"]), *range(2 * case["width"] * case["layers"])]
    step = sum(1 + len([(each, sign) for each in angles for sign in "+-"]) for _ in range(2))
    step *= case["batch"]
    seen = sum(len(range(case["images"] + case["tests"])) for _ in range(PROBE_EPOCHS))
    numbers = {
        "steps of an epoch": full,
        "circuits of a step": step,
        "circuits of training": sum(step for _ in range(case["epochs"]) for _ in range(full)),
        "circuits of a probe": seen,
    }
    if case == PUBLISHED and numbers != PRINTED:
        numbers = dict.fromkeys(numbers, -1)
    return numbers, Measurement(value=float(step))


def without_inputs(**case: Any) -> dict[str, Any]:
    """As if gradients by the inputs came for nothing."""
    numbers = stated(**case)
    less = 2 * case["batch"] * 2 * case["width"]
    step = numbers["circuits of a step"] - less
    training = case["epochs"] * numbers["steps of an epoch"] * step
    return {**numbers, "circuits of a step": step, "circuits of training": training}


THEOREM = AgreementClaim(
    says="The published schedule, 25,000 images in batches of 256 for two epochs, has 97 steps an "
    "epoch of 41,472 circuits, 8,045,568 in all, and 3,000,000 for each probe of 100 epochs.",
    stated=stated,
    found=found,
    instances=lambda: [PUBLISHED, SMALL],
    false_twin=without_inputs,
    twin_says="Derivatives by the inputs take no circuits.",
    source="[JAXAKJ22], its code, for schedule and rule; derived",
)
