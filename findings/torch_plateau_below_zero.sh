#!/usr/bin/env bash
# torch 2.13.0: ReduceLROnPlateau with its default relative threshold never reduces the rate while the loss is negative.
#
# A loss that stays at -1 for ever is no progress, and a plateau if anything is. In mode "min" the threshold is
# best * (1 - threshold): for a best of -1 that is -0.9999, and -1 is below it, so that every step counts as a better
# one. At +1, and with threshold_mode="abs" at -1, the rate is reduced as one expects.
#
# Output seen:
#   2.13.0+cpu
#   loss  1.0 for 50 steps, rel: rate 1.0000000000000004e-06
#   loss -1.0 for 50 steps, rel: rate 0.1
#   loss -1.0 for 50 steps, abs: rate 1.0000000000000004e-06
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet 'numpy<3' 'torch==2.13.0' --extra-index-url https://download.pytorch.org/whl/cpu
cat > "$folder/plateau.py" <<'PYTHON'
import torch


def rate(loss, mode):
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=0.1)
    watcher = torch.optim.lr_scheduler.ReduceLROnPlateau(optimizer, "min", patience=8, threshold_mode=mode)
    for _ in range(50):
        watcher.step(loss)
    return optimizer.param_groups[0]["lr"]


print(torch.__version__)
found = {(loss, mode): rate(loss, mode) for loss, mode in ((1.0, "rel"), (-1.0, "rel"), (-1.0, "abs"))}
for (loss, mode), value in found.items():
    print(f"loss {loss:4} for 50 steps, {mode}: rate {value}")
assert found[1.0, "rel"] < 1e-5 and found[-1.0, "abs"] < 1e-5, "a plateau is not noticed any more"
assert found[-1.0, "rel"] == 0.1, "the relative threshold now works below 0"
PYTHON
"$folder/venv/bin/python" "$folder/plateau.py"
