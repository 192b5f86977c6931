"""Operators that no circuit here stands for, each with the reason and the way out."""

MAXIMUM = (
    "the largest of several amplitudes is no polynomial of low degree in them; train with average "
    "pooling or a stride in its place"
)
ATTENTION = (
    "it multiplies computed vectors with each other and exponentiates the products, for which "
    "there is no construction here; cost the layers around it one by one"
)
MOMENTS = (
    "its mean and variance are those of the very image, and dividing by a computed number has no "
    "construction here; train with BatchNormalization, whose numbers are constants"
)
RECURRENT = "it runs a computed number of times; export a feed-forward network"
GROWING = "it makes images larger, for which there is no construction here; leave it out"
QUANTISED = "it is arithmetic of whole numbers; export the network in floating point"
CHOOSING = "it chooses by comparing computed numbers; leave it out and read the scores"

UNKNOWN = (
    "there is no construction for it here; write the network in other operators, or leave it out"
)

REASONS: dict[str, str] = {
    **dict.fromkeys(("MaxPool", "GlobalMaxPool", "MaxRoiPool", "LpPool"), MAXIMUM),
    **dict.fromkeys(("Attention", "MultiHeadAttention", "RotaryEmbedding"), ATTENTION),
    **dict.fromkeys(
        (
            "LayerNormalization", "InstanceNormalization", "GroupNormalization",
            "RMSNormalization", "LpNormalization", "MeanVarianceNormalization", "LRN",
        ),
        MOMENTS,
    ),
    **dict.fromkeys(("LSTM", "GRU", "RNN", "Loop", "Scan", "If"), RECURRENT),
    **dict.fromkeys(("ConvTranspose", "Resize", "Upsample", "DepthToSpace"), GROWING),
    **dict.fromkeys(
        (
            "QLinearConv", "QLinearMatMul", "ConvInteger", "MatMulInteger", "QuantizeLinear",
            "DequantizeLinear", "DynamicQuantizeLinear",
        ),
        QUANTISED,
    ),
    **dict.fromkeys(("ArgMax", "ArgMin", "TopK", "NonMaxSuppression"), CHOOSING),
}  # fmt: skip
"""Operator name -> why it is refused and what to do about it."""

PICKING = (
    "it picks or joins entries, for which there is no construction here; do so by a convolution"
)
CURVE = (
    "alone it is no activation known here; quledger knows ReLU, ReLU6, erf, sigmoid, tanh, GELU, "
    "SiLU, hard swish and softplus"
)

UNDESCRIBED: dict[str, str] = {
    **dict.fromkeys(("Gather", "Slice", "Concat", "Expand"), PICKING),
    **dict.fromkeys(
        (
            "Abs", "Elu", "Exp", "Greater", "GreaterOrEqual", "HardSigmoid", "LeakyRelu", "Less",
            "LessOrEqual", "Log", "Max", "Min", "Reciprocal", "Softsign", "Sqrt", "Where",
        ),
        CURVE,
    ),
    "ReduceMean": "only means over rows and columns, of whole images, are read",
    "Softmax": ATTENTION,
}  # fmt: skip
"""Operators that are read where they act on constants -> why not elsewhere, and what to do."""
