"""The official open files, one format at a time: what they hold, or one sentence that says what is wrong."""
