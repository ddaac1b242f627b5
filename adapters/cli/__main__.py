"""`python -m adapters.cli` is `avow`."""

from adapters.cli.main import main

if __name__ == "__main__":
    main()
