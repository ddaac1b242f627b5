"""What the sentences of the features say, noun by noun."""

from tests.bdd.sentences import commitment, confidentiality, organisation, review, strategy

__all__ = ["commitment", "confidentiality", "organisation", "review", "strategy"]
