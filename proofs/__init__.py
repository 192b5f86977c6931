"""Claims, a file each in the folder of what they are about; the ledger examines them."""
