"""The ledger as a folder of pages that a browser opens from disk; begin with `write_site`."""
