"""The one record that every verb answers with, and its renderers. Begin with `model`."""
