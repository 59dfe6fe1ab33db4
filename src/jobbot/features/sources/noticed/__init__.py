"""What is noticed when postings are written: that they were seen, what their publishers changed, and their marks."""
