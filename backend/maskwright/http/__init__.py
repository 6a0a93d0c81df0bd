"""The only package that knows HTTP as a whole: problems, who calls, how a route opens its work."""
