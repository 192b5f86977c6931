"""What the command `quledger compare` can be told, and other commands about images."""

from pathlib import Path
from typing import Annotated

import typer

Compared = Annotated[str, typer.Argument(metavar="resnet|FILE.onnx", help="What to compare.")]
ImageFile = Annotated[
    Path | None, typer.Option("--image", help="Array file .npy, channels x M x M.")
]
Digit = Annotated[int | None, typer.Option(help="Number of a held-out handwritten digit.")]
Names = Annotated[str | None, typer.Option(metavar="A,B,...", help="Some of those in `list`.")]
Start = Annotated[str, typer.Option("--from", help="Smallest length of the vector, 2**n.")]
Stop = Annotated[str, typer.Option("--to", help="Largest length of the vector, 2**n.")]
Picture = Annotated[Path | None, typer.Option(help="Drawing to write, .svg or .png.")]
Confidence = Annotated[
    list[float] | None, typer.Option(help="Of naming the best class; may be repeated.")
]
SamplerEpsilon = Annotated[
    float, typer.Option(help="Total variation distance asked of the classical sampler's run.")
]
Samples = Annotated[int, typer.Option(help="Classes that the classical sampler draws.")]
Seed = Annotated[int, typer.Option(help="Of the classical sampler's randomness.")]
