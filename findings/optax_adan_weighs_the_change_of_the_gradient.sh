#!/usr/bin/env bash
# optax 0.2.8: adan weighs the average change of the gradient by 1 - b2 in the step, that is by 0.08 with its default
# b2 = 0.92; Xie et al., "Adan: Adaptive Nesterov Momentum Algorithm" (2022), weigh it by 1 - β₂, where their β₂ is
# 0.08 and the average forgets by 1 - β₂ = 0.92.
#
# Frameworks write b2 = 1 - β₂, so the weight is b2. pytorch_optimizer 4.1.0 goes by that. The first step is the same, as
# nothing has changed yet; from the second on the paths part. With b2 = 0.08 the weight is right, but the average forgets
# by 0.08.
#
# Output seen (position after steps with η = 0.1 from 0, gradients 1, -2, 0.5):
#   0.2.8
#   by b2 (paper): -0.1000 -0.0434 -0.0355
#   by 1 - b2:     -0.1000 -0.0632 -0.0511
#   optax:         -0.1000 -0.0632 -0.0511
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet 'optax==0.2.8' 'jax==0.10.2' 'jaxlib==0.10.2'
cat > "$folder/adan.py" <<'PYTHON'
import jax

jax.config.update("jax_enable_x64", True)
import optax

GRADIENTS = (1.0, -2.0, 0.5)
B1, B2, B3, EPSILON, RATE = 0.98, 0.92, 0.99, 1e-8, 0.1


def written_out(weight):
    x = m = v = n = 0.0
    last, path = GRADIENTS[0], []
    for t, g in enumerate(GRADIENTS, 1):
        change, last = g - last, g
        m = B1 * m + (1 - B1) * g
        v = B2 * v + (1 - B2) * change
        n = B3 * n + (1 - B3) * (g + weight * change) ** 2
        mean = m / (1 - B1**t) + weight * v / (1 - B2**t)
        x -= RATE * mean / ((n / (1 - B3**t)) ** 0.5 + EPSILON)
        path.append(x)
    return path


def of_optax():
    transform, x = optax.adan(RATE, eps_root=0.0), jax.numpy.zeros(1)
    state, path = transform.init(x), []
    for g in GRADIENTS:
        update, state = transform.update(jax.numpy.array([g]), state, x)
        x = optax.apply_updates(x, update)
        path.append(float(x[0]))
    return path


def shown(path):
    return " ".join(f"{x:.4f}" for x in path)


paper, other, theirs = written_out(B2), written_out(1 - B2), of_optax()
print(optax.__version__)
print("by b2 (paper):", shown(paper))
print("by 1 - b2:    ", shown(other))
print("optax:        ", shown(theirs))
assert shown(theirs) != shown(paper)
assert all(abs(a - b) < 1e-9 for a, b in zip(theirs, other, strict=True)), (theirs, other)
PYTHON
"$folder/venv/bin/python" "$folder/adan.py"
