"""Qualtran defects that bloqs of ours meet. A test here starting to pass means: delete it.

Others are in tests/estimator/test_upstream.py.
"""

import pytest
from qualtran import BloqExample
from qualtran.bloqs.basic_gates import MeasureX, MeasureZ
from qualtran.testing import BloqCheckException, assert_bloq_example_serializes

import bloqs
from estimator.discover import instances_of

EXAMPLES = {
    "qualtran:MeasureX": BloqExample(MeasureX, name="measure_x", bloq_cls=MeasureX),
    "qualtran:MeasureZ": BloqExample(MeasureZ, name="measure_z", bloq_cls=MeasureZ),
    **instances_of(BloqExample, bloqs),
}
MEASURING = [
    "qualtran:MeasureX",
    "qualtran:MeasureZ",
    "bloqs.data_loading.measured_unload:_measured_unload",
    "bloqs.data_loading.measured_unload:_measured_unload_controlled",
    "bloqs.data_loading.measured_unload:_measured_unload_symbolic",
    "bloqs.resnet.circuits.class_sampler:_class_sampler",
    "bloqs.resnet.circuits.class_sampler:_class_sampler_symbolic",
]


@pytest.mark.xfail(strict=True, raises=BloqCheckException, reason="qualtran 0.7.0")
@pytest.mark.parametrize("name", MEASURING)
def test_measurements_are_saved(name):
    """The register of a measured bit is not written, nor a bloq whose call graph lists one."""
    assert_bloq_example_serializes(EXAMPLES[name])
