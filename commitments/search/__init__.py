"""Full-text search: one function, two engines, the same hits."""
