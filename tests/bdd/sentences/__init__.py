"""What the sentences of the features say, noun by noun."""

from tests.bdd.sentences import commitment, organisation, review, strategy

__all__ = ["commitment", "organisation", "review", "strategy"]
