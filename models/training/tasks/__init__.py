"""What is measured, one file a kind of task: each takes a reader and gives figures."""
