"""What both packs show to the outside, asked of a live server."""
