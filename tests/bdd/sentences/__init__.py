"""What the sentences of the features say, noun by noun."""

from tests.bdd.sentences import commitment, confidentiality, erasure, organisation, review, strategy

__all__ = ["commitment", "confidentiality", "erasure", "organisation", "review", "strategy"]
