"""Every write that touches more than one row or needs a who: keyword-only, `by=` somebody, in one transaction."""
