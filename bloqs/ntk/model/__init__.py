"""Data, kernels, masks, predictions, budgets and bounds, before any circuit. Begin with `kernel`.

Stable, what circuits and answers build on:

* `activation.Activation.of("erf" | "relu" | "critical-relu")`: `name`, `mu`, `chi`, `beta`,
  `is_odd`, `is_centred`.
* `kernel.Kernel.of(activation, depth, input_variance=1.0)`: `values(rho)` (k_L, one at rho = 1),
  `vector(rows, point)`, `matrix(rows, track=None)`, `between(rows, points)`. Rows are unit vectors.
* `convolution.ConvolutionKernel(depth)`: `matrix(images, track=None)`, `between(images, points)`;
  not of unit diagonal.
* `data.Labelled.of(X, y)`, `sources.read("digits:8v9" | "FILE.npz", n)` (`.train`,
  `.test`): unit `rows` (n, d), `labels` (n,) of +1 and -1, class +1 first; `separability`;
  `sources` (row in what was given).
* `padding.Places.of(labels)`: `size` 2**a and `at` (n,), row i of the padded system; class + in the
  lower, - in the upper half. `vector(v)`, `matrix(m)` pad with 0, and with `diagonal` on the
  diagonal.
* `masks.Mask`: `kept` (n, n) of bool, `name`, `offsets` (of a XOR mask, else None), `sparsity`;
  `masks.random_mask(labels, rng)`, `xor_mask(n, offsets)`, `random_offsets(n, rng)`,
  `biased_mask(kernel, labels, rng)`, `given_mask(kept)`.
* `system.MaskedSystem.of(kernel_matrix, labels, mask, shift=0.0)`: `exact` (K), `matrix` (K_S, with
  the shift), `labels`, `mask`; `row_sum` (r), `masked_row_sum` (r_S), `largest` (k_max),
  `condition`, `exact_condition`, `is_definite`, `smallest`; `matchings`, `weights("uniform" |
  "weighted")` (w_l, the diagonal first), `alpha(variant)`, `kappa_eff(variant)`; `solution`
  (K_S^-1 y), `predict(k)`.
* `system.Prediction`: `f`, `f_S`, `f_D` of k itself; `clipped(ceiling)` gives a
  `readout.Overlap`.
* `readout.clip(k, ceiling)`; `readout.Overlap.of(k, x)`: `attempts` (n/P), `overlap` (o, of unit
  vectors), `sign`.
* `shots.hadamard_shots(o, p, q, delta_f)` (flags to outcome 0), `shots.test_mean`,
  `shots.test_second_moment`.
* `budget.Budget.of(...)`: bits of data, of the table of k and of the angles from one error.
* `depths`: `converged_depth`, `proved_depth`, `law_depth`, `exact_depth`.
* `bounds`: what Theorems 1 to 5 state, as functions.
"""
