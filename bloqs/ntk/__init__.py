"""Training wide and deep networks by linear systems [ZNL21]. Begin with `model/`."""
