"""What managers read of a project: throughput, speed, forecast, people, classes, skips."""
