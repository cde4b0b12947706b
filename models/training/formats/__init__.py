"""Research corpora as released, one file a format: `read(path)` takes the release or our rows."""
