"""The routes of the contract, one file a noun; each translates between HTTP and the service."""
