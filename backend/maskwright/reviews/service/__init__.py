"""What people do with reviews: the workflow (`workflow`), verdicts (`verdicts`) and differences
between versions (`comparing`)."""
