"""Evidence packs: made by the product, verified by anybody, with the standard library and `cryptography` alone."""
