"""Parameters of questions about networks of any kind."""

from estimator.ask.parameter import File, Number

EPSILON = Number(
    name="epsilon",
    meaning="errors of all steps together, relative, l2; each step gets an equal share; 0.01 if "
    "unset",
    at_least=1e-5,
    below=1,
    whole=False,
)
MARGIN = Number(
    name="margin",
    meaning="how far below one the longest vector's length stays when vectors are lengthened",
    at_least=0.05,
    most=0.95,
    default=0.5,
    whole=False,
)
IMAGE = File(
    name="image",
    meaning="an image in a .npy or .png file; random ones if neither it nor a digit is named",
    suffixes=(".npy", ".png"),
)
DIGIT = Number(
    name="digit",
    meaning="number of a held-out handwritten digit",
    unit="",
    least=0,
    most=10**6,
)
IMAGES = Number(
    name="images",
    meaning="random images at which lengths and ranges are measured, where none is named",
    unit="images",
    least=1,
    most=64,
    default=2,
)
SEED = Number(
    name="seed",
    meaning="of random images",
    unit="",
    least=0,
    most=2**63,
    default=0,
)
