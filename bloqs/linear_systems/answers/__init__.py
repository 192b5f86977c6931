"""Questions about linear systems, a file each."""
