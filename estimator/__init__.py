"""Engines: costs, growth, comparison, reports. They know no construction; begin with `api`."""
