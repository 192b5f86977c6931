"""What is asked about a network of any kind; begin at `cost`."""
