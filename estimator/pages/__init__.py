"""A question of cost as one page to be read and printed; begin with `whole_page`."""
