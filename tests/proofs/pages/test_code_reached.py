"""Which bloqs a claim names, by following names and running nothing."""

from bloqs.data_loading.load_table import LoadTable
from bloqs.data_loading.unary_iteration import UnaryIteration
from bloqs.encodings.product_encoding import ProductEncoding
from proofs.communication.dense_coding import THEOREM as MESSAGE
from proofs.communication.equal_phases import THEOREM as PHASES
from proofs.data_loading.every_cost import THEOREM as EVERY
from proofs.data_loading.qrom_cost import THEOREM as LOOKUP
from proofs.pages.code_reached import full_name, reached
from proofs.resnet.printed_product_error import ERRATUM


def test_a_claim_names_its_bloqs():
    """The lookup; an erratum by its corrected statement; none where no circuit is made."""
    assert reached(LOOKUP).bloqs == (UnaryIteration,)
    assert reached(ERRATUM).bloqs == (ProductEncoding,)
    assert reached(PHASES).bloqs == ()


def test_parts_are_told_from_what_is_named():
    """What a circuit is made of is not named by the claim."""
    found = reached(MESSAGE)
    assert [each.__name__ for each in found.bloqs] == ["DenseCoding"]
    assert "PairCoding" in {each.__name__ for each in found.parts}
    assert not set(found.bloqs) & set(found.parts)
    assert "bloqs.communication.model.inner_product" in found.files


def test_a_package_stands_for_its_examples():
    """A claim about every example of a folder names those, not others above them."""
    names = [full_name(each) for each in reached(EVERY).bloqs]
    assert full_name(LoadTable) in names
    assert names == sorted(names)
    assert {name.split(".")[1] for name in names} <= {"data_loading", "gates"}
