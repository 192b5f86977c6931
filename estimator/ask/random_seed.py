"""The parameter of every question whose answer draws at random, unless it needs another."""

from estimator.ask.parameter import Number

SEED = Number(name="seed", meaning="of what is drawn at random", least=0, most=2**32 - 1, default=0)
