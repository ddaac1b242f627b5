"""Access tokens of OpenID Connect issuers: read, held against the issuer's keys, believed or refused."""
