"""`python -m estimator`: the same as the command `quledger`."""

from estimator.cli import main

if __name__ == "__main__":
    main()
