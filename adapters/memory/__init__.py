"""The store's twin in memory: for tests of domain, application and features, in milliseconds."""
