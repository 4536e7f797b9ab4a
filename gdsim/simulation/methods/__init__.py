"""Running methods: what they ask for is counted and kept, and every iterate."""
