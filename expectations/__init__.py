"""Great Expectations suites, one module per dataset, with the reason beside every bound."""
