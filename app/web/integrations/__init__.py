"""The protocols of other products: one file each, all over the same judgement of one comment."""
