"""Shows the service over HTTP."""
