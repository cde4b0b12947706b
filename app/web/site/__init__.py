"""The pages for people: templates filled on the server, a little script beside them."""
