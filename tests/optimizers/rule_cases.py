"""Every rule by hand: its class, its defaults, cases to try it on and, of some, the step as their paper gives it.

A new rule has its lines here; one that torch.optim has not needs its paper's step.
"""

from math import sqrt

from gdsim import (
    ASGD,
    OPTIMIZERS,
    QHM,
    AdaBelief,
    AdaDelta,
    AdaGrad,
    Adam,
    AdaMax,
    AdamW,
    Adan,
    AMSGrad,
    GradientDescent,
    Lion,
    LookAhead,
    Momentum,
    NAdam,
    Nesterov,
    Nesterov1983,
    NormalisedGD,
    Prodigy,
    QHAdam,
    RAdam,
    RMSProp,
    Rprop,
    ScheduleFreeAdamW,
    ScheduleFreeSGD,
    SignSGD,
    Yogi,
)

#: By key, in the order in which people meet them: the class under which `gdsim` exports it.
CLASSES = {
    "gd": "GradientDescent",
    "momentum": "Momentum",
    "nesterov": "Nesterov",
    "adagrad": "AdaGrad",
    "adadelta": "AdaDelta",
    "rmsprop": "RMSProp",
    "adam": "Adam",
    "adamw": "AdamW",
    "amsgrad": "AMSGrad",
    "adamax": "AdaMax",
    "nadam": "NAdam",
    "radam": "RAdam",
    "normalised_gd": "NormalisedGD",
    "nag": "LookAhead",
    "nesterov_1983": "Nesterov1983",
    "qhm": "QHM",
    "adabelief": "AdaBelief",
    "yogi": "Yogi",
    "adan": "Adan",
    "qhadam": "QHAdam",
    "signsgd": "SignSGD",
    "lion": "Lion",
    "asgd": "ASGD",
    "schedule_free_sgd": "ScheduleFreeSGD",
    "schedule_free_adamw": "ScheduleFreeAdamW",
    "rprop": "Rprop",
    "prodigy": "Prodigy",
}

#: Defaults by hand: as torch.optim 2.13 has them (momentum's 0.9 is ours), or else the code that a docstring names;
#: ν and β of QHM and QHAdam as their paper recommends.
DEFAULTS = {
    "gd": {"learning_rate": 1e-3, "weight_decay": 0},
    "momentum": {"learning_rate": 1e-3, "momentum": 0.9, "dampening": 0, "weight_decay": 0},
    "nesterov": {"learning_rate": 1e-3, "momentum": 0.9, "weight_decay": 0},
    "adagrad": {
        "learning_rate": 1e-2,
        "lr_decay": 0,
        "initial_accumulator_value": 0,
        "epsilon": 1e-10,
        "weight_decay": 0,
    },
    "adadelta": {"learning_rate": 1.0, "rho": 0.9, "epsilon": 1e-6, "weight_decay": 0},
    "rmsprop": {
        "learning_rate": 1e-2,
        "decay": 0.99,
        "epsilon": 1e-8,
        "weight_decay": 0,
        "momentum": 0,
        "centered": False,
    },
    "adam": {"learning_rate": 1e-3, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8, "weight_decay": 0},
    "adamw": {"learning_rate": 1e-3, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8, "weight_decay": 1e-2},
    "amsgrad": {"learning_rate": 1e-3, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8, "weight_decay": 0},
    "adamax": {"learning_rate": 2e-3, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8, "weight_decay": 0},
    "nadam": {
        "learning_rate": 2e-3,
        "beta1": 0.9,
        "beta2": 0.999,
        "epsilon": 1e-8,
        "weight_decay": 0,
        "momentum_decay": 4e-3,
        "decoupled_weight_decay": False,
    },
    "radam": {
        "learning_rate": 1e-3,
        "beta1": 0.9,
        "beta2": 0.999,
        "epsilon": 1e-8,
        "weight_decay": 0,
        "decoupled_weight_decay": False,
    },
    "normalised_gd": {"learning_rate": 1e-3, "weight_decay": 0},
    "nag": {"learning_rate": 1e-3, "momentum": 0.9, "weight_decay": 0},
    "nesterov_1983": {"learning_rate": 1e-3, "weight_decay": 0},
    "qhm": {"learning_rate": 1e-3, "momentum": 0.999, "nu": 0.7, "weight_decay": 0},
    "adabelief": {"learning_rate": 1e-3, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-16, "weight_decay": 0},
    "yogi": {
        "learning_rate": 1e-2,
        "beta1": 0.9,
        "beta2": 0.999,
        "epsilon": 1e-3,
        "initial_accumulator_value": 1e-6,
        "weight_decay": 0,
    },
    "adan": {
        "learning_rate": 1e-3,
        "beta1": 0.98,
        "beta2": 0.92,
        "beta3": 0.99,
        "epsilon": 1e-8,
        "weight_decay": 0,
    },
    "qhadam": {
        "learning_rate": 1e-3,
        "beta1": 0.995,
        "beta2": 0.999,
        "nu1": 0.7,
        "nu2": 1,
        "epsilon": 1e-8,
        "weight_decay": 0,
    },
    "signsgd": {"learning_rate": 1e-3, "momentum": 0, "weight_decay": 0},
    "lion": {"learning_rate": 1e-4, "beta1": 0.9, "beta2": 0.99, "weight_decay": 0},
    "asgd": {"learning_rate": 1e-2, "lambd": 1e-4, "alpha": 0.75, "t0": 1e6, "weight_decay": 0},
    "schedule_free_sgd": {"learning_rate": 1.0, "momentum": 0.9, "warmup_steps": 0, "weight_decay": 0},
    "schedule_free_adamw": {
        "learning_rate": 2.5e-3,
        "beta1": 0.9,
        "beta2": 0.999,
        "epsilon": 1e-8,
        "warmup_steps": 0,
        "weight_decay": 0,
    },
    "rprop": {"learning_rate": 1e-2, "eta_minus": 0.5, "eta_plus": 1.2, "step_min": 1e-6, "step_max": 50},
    "prodigy": {
        "learning_rate": 1.0,
        "beta1": 0.9,
        "beta2": 0.999,
        "epsilon": 1e-8,
        "d0": 1e-6,
        "d_coef": 1,
        "weight_decay": 0,
    },
}

#: By name: a rule with its defaults and with unusual values; each value of each rule is another one in some case.
CASES = {
    "gd": GradientDescent(),
    "gd-decay": GradientDescent(learning_rate=0.3, weight_decay=0.2),
    "momentum": Momentum(),
    "momentum-dampening": Momentum(learning_rate=0.05, momentum=0.5, dampening=0.3, weight_decay=0.1),
    "momentum-none": Momentum(learning_rate=0.02, momentum=0.0, dampening=0.7),
    "momentum-full": Momentum(learning_rate=1e-3, momentum=0.999, dampening=1.0),
    "nesterov": Nesterov(),
    "nesterov-decay": Nesterov(learning_rate=0.03, momentum=0.7, weight_decay=0.5),
    "adagrad": AdaGrad(),
    "adagrad-all": AdaGrad(
        learning_rate=0.5, lr_decay=0.1, initial_accumulator_value=0.3, epsilon=1e-3, weight_decay=0.05
    ),
    "adadelta": AdaDelta(),
    "adadelta-all": AdaDelta(learning_rate=0.7, rho=0.6, epsilon=1e-3, weight_decay=0.1),
    "rmsprop": RMSProp(),
    "rmsprop-momentum": RMSProp(learning_rate=0.003, decay=0.9, momentum=0.8, epsilon=1e-3),
    "rmsprop-centered": RMSProp(learning_rate=0.02, decay=0.7, centered=True, epsilon=0.1, weight_decay=0.3),
    "rmsprop-all": RMSProp(learning_rate=0.01, decay=0.95, momentum=0.5, centered=True, epsilon=0.05, weight_decay=0.1),
    "adam": Adam(),
    "adam-all": Adam(learning_rate=0.02, beta1=0.5, beta2=0.8, epsilon=1e-2, weight_decay=0.3),
    "adam-none": Adam(learning_rate=0.05, beta1=0.0, beta2=0.0, epsilon=0.1),
    "adamw": AdamW(),
    "adamw-all": AdamW(learning_rate=0.1, beta1=0.3, beta2=0.95, epsilon=1e-3, weight_decay=0.4),
    "adamw-none": AdamW(learning_rate=0.05, weight_decay=0.0),
    "amsgrad": AMSGrad(),
    "amsgrad-all": AMSGrad(learning_rate=0.15, beta1=0.7, beta2=0.6, epsilon=1e-2, weight_decay=0.2),
    "adamax": AdaMax(),
    "adamax-all": AdaMax(learning_rate=0.01, beta1=0.6, beta2=0.7, epsilon=1e-3, weight_decay=0.2),
    "nadam": NAdam(),
    "nadam-all": NAdam(learning_rate=0.05, beta1=0.7, beta2=0.9, epsilon=1e-2, weight_decay=0.2, momentum_decay=0.1),
    "nadam-decoupled": NAdam(
        learning_rate=0.05, beta1=0.95, beta2=0.99, epsilon=1e-3, weight_decay=0.2, decoupled_weight_decay=True
    ),
    "radam": RAdam(),
    "radam-short": RAdam(learning_rate=0.05, beta1=0.6, beta2=0.5, epsilon=1e-2, weight_decay=0.2),
    "radam-all": RAdam(learning_rate=0.05, beta1=0.8, beta2=0.95, epsilon=1e-3, weight_decay=0.2),
    "radam-decoupled": RAdam(
        learning_rate=0.1, beta1=0.7, beta2=0.9, weight_decay=0.3, epsilon=1e-2, decoupled_weight_decay=True
    ),
    "normalised-gd": NormalisedGD(),
    "normalised-gd-decay": NormalisedGD(learning_rate=0.2, weight_decay=0.3),
    "nag": LookAhead(),
    "nag-all": LookAhead(learning_rate=0.03, momentum=0.7, weight_decay=0.5),
    "nesterov-1983": Nesterov1983(),
    "nesterov-1983-all": Nesterov1983(learning_rate=0.02, weight_decay=0.3),
    "qhm": QHM(),
    "qhm-all": QHM(learning_rate=0.05, momentum=0.8, nu=0.4, weight_decay=0.2),
    "adabelief": AdaBelief(),
    "adabelief-all": AdaBelief(learning_rate=0.02, beta1=0.5, beta2=0.8, epsilon=1e-2, weight_decay=0.3),
    "yogi": Yogi(),
    "yogi-all": Yogi(
        learning_rate=0.02, beta1=0.5, beta2=0.8, epsilon=0.1, initial_accumulator_value=0.2, weight_decay=0.3
    ),
    "adan": Adan(),
    "adan-all": Adan(learning_rate=0.05, beta1=0.7, beta2=0.6, beta3=0.9, epsilon=1e-2, weight_decay=0.2),
    "qhadam": QHAdam(),
    "qhadam-all": QHAdam(learning_rate=0.05, beta1=0.6, beta2=0.9, nu1=0.3, nu2=0.8, epsilon=1e-2, weight_decay=0.2),
    "signsgd": SignSGD(),
    "signum": SignSGD(learning_rate=0.02, momentum=0.9, weight_decay=0.1),
    "lion": Lion(),
    "lion-all": Lion(learning_rate=0.02, beta1=0.5, beta2=0.8, weight_decay=0.3),
    "asgd": ASGD(),
    "asgd-all": ASGD(learning_rate=0.05, lambd=0.02, alpha=0.6, t0=11.0, weight_decay=0.2),
    "schedule-free-sgd": ScheduleFreeSGD(),
    "schedule-free-sgd-all": ScheduleFreeSGD(learning_rate=0.05, momentum=0.7, warmup_steps=7.0, weight_decay=0.2),
    "schedule-free-adamw": ScheduleFreeAdamW(),
    "schedule-free-adamw-all": ScheduleFreeAdamW(
        learning_rate=0.05, beta1=0.7, beta2=0.8, epsilon=1e-2, warmup_steps=7.0, weight_decay=0.2
    ),
    "rprop": Rprop(),
    "rprop-all": Rprop(learning_rate=0.05, eta_minus=0.7, eta_plus=1.5, step_min=1e-2, step_max=0.3),
    "prodigy": Prodigy(),
    "prodigy-all": Prodigy(
        learning_rate=0.5, beta1=0.7, beta2=0.8, epsilon=1e-3, d0=1e-2, d_coef=2.0, weight_decay=0.2
    ),
}


def decaying(key, weight_decay, **values):
    """A rule with this weight decay, if it has any."""
    kind = OPTIMIZERS[key]
    if any(parameter.name == "weight_decay" for parameter in kind.hypers()):
        values["weight_decay"] = weight_decay
    return kind(**values)


def gradient_descent(rule, t, x, g):
    return (x - rule.learning_rate * g,)


def adam(rule, t, x, g, m, v):
    m = rule.beta1 * m + (1 - rule.beta1) * g
    v = rule.beta2 * v + (1 - rule.beta2) * g**2
    mean, square = m / (1 - rule.beta1**t), v / (1 - rule.beta2**t)
    return x - rule.learning_rate * mean / (sqrt(square) + rule.epsilon), m, v


def nesterov_1983(rule, t, x, g, y, a):
    new, longer = y - rule.learning_rate * g, (1 + sqrt(4 * a**2 + 1)) / 2
    return new, new + (a - 1) * (new - x) / longer, longer


#: By key: one step on floats as the paper has it, without regard to weight decay that is added to the gradient.
PAPERS = {"gd": gradient_descent, "adam": adam, "nesterov_1983": nesterov_1983}
