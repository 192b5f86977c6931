"""From the values of a question to a report, a file a question. Begin with `cost`."""
