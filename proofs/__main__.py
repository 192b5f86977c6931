"""`python -m proofs [CLAIM]...`: what `quledger check` does."""

import sys
from importlib import import_module

if __name__ == "__main__":
    import_module("estimator.__main__").main(["check", *sys.argv[1:]])
