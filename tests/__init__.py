"""The tests, as a package of their own: one of that name that a dependency brings along does not hide them."""
