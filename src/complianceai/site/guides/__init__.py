"""The handbook for anybody to read: a page a topic, in plain words, each paragraph with what it rests on."""
