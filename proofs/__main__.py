"""`python -m proofs [CLAIM]...`: print the ledger; exit 1 if a claim does not hold, 2 if none is
named so."""

import sys

from proofs.ledger import run

if __name__ == "__main__":
    try:
        sys.exit(1 if run(sys.argv[1:], as_json=False) else 0)
    except ValueError as problem:
        print(f"quledger: {problem}", file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        print("quledger: interrupted", file=sys.stderr)
        sys.exit(130)
