"""What is done with golds: mixing them in (`mixing`), keeping them (`golds`), scoring what people
hand in (`scores`), and saying that one is wrong (`disputes`)."""
