"""Block- and vector-encodings and their combinations. Begin with `product_encoding`."""
