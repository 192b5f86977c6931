"""What a page shows beside a network is what `compare resnet` prints."""

import pytest
import sympy

from bloqs.resnet.answers.explored import rivals
from bloqs.resnet.rivals.baselines import baselines
from bloqs.resnet.rivals.sampled_network import SampledNetwork
from bloqs.resnet.system import SYSTEM
from estimator.ask.question import asked_of
from estimator.symbols import bare


@pytest.mark.parametrize(("output", "tau"), [("pool", None), ("linear-pool", 0.51)])
@pytest.mark.parametrize(("log_N", "D", "k"), [(14, 3, 2), (20, 5, 3)])
def test_the_exact_evaluation(output, tau, log_N, D, k):
    asked = asked_of(SYSTEM.questions[0], {"k": k, "output": output}, None, SYSTEM.home)
    network = SampledNetwork(C=16, D=D, slope=0.8, row_sum=5.2, acceptances=(0.1,) * k,
                             epsilon=0.01, tau=tau)  # fmt: skip
    ways = {way.name: way.at(2**log_N) for way in baselines(network, output)}
    one, many = ways["exact"], ways["exact, parallel"]
    at = {"N": 2**log_N, "C": 16, "D": D}
    found = {
        x.key: sympy.sympify(x.value).subs({s: at[s.name] for s in x.value.free_symbols})
        for x in rivals(asked)
        if x.is_rival
    }
    assert found["rival.exact"] == one["gates"] + one["lookups"]
    layers = float(found["rival.exact_layers"])
    assert layers == pytest.approx(many["depth"] + many["lookup layers"])


def test_an_ideal_memory_is_looked_up():
    asked = asked_of(SYSTEM.questions[0], {"k": 1, "loader": "ideal"}, None, SYSTEM.home)
    counted = next(x.value for x in rivals(asked) if x.key == "rival.counted")
    assert counted == bare("toffoli") + bare("cswap") + bare("QRAM")
