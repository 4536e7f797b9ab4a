"""A schedule of η as torch.optim.lr_scheduler has it."""

from __future__ import annotations

from gdsim.optimizers import (
    Cosine,
    Exponential,
    InverseTime,
    ReduceOnPlateau,
    Schedule,
    StepDecay,
    WarmupCosine,
)


def torch_schedule(schedule: Schedule | None, steps: int) -> str:
    """A schedule of torch that gives the same η at every step of a race of `steps`."""
    place = "lambda optimizer: torch.optim.lr_scheduler."
    match schedule:
        case StepDecay():
            return f"{place}StepLR(optimizer, step_size={schedule.every}, gamma={schedule.gamma!r})"
        case Exponential():
            return f"{place}ExponentialLR(optimizer, gamma={schedule.gamma!r})"
        case InverseTime():
            factor = f"1 / (1 + {schedule.decay!r} * k)"
        case Cosine():
            factor = f"half_wave(k, {schedule.steps or steps}, {schedule.final!r})"
        case WarmupCosine():
            rise, last = schedule.warmup, max((schedule.steps or steps) - schedule.warmup, 1)
            fall = (
                f"half_wave(k - {rise}, {last}, {schedule.final!r})"
                if rise
                else f"half_wave(k, {last}, {schedule.final!r})"
            )
            factor = f"(k + 1) / {rise} if k < {rise} else {fall}" if rise else fall
        case _:
            raise NotImplementedError(schedule)
    return f"{place}LambdaLR(optimizer, lambda k: {factor})"


def torch_plateau(schedule: ReduceOnPlateau) -> str:
    """A plateau as torch watches for it, with our threshold below 0."""
    settings = f"factor={schedule.gamma!r}, patience={schedule.patience}, threshold={schedule.threshold!r}, eps=0.0"
    settings += ', threshold_mode="abs"' * schedule.absolute
    return f"lambda optimizer: torch.optim.lr_scheduler.ReduceLROnPlateau(optimizer, {settings})"
