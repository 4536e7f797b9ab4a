"""Every rule by hand: its class, its defaults, cases to try it on and, of some, the step as their paper gives it.

A new rule has its lines here; one that torch.optim has not needs its paper's step.
"""

from math import sqrt

from gdsim import (
    AdaDelta,
    AdaGrad,
    Adam,
    AdaMax,
    AdamW,
    AMSGrad,
    GradientDescent,
    Momentum,
    NAdam,
    Nesterov,
    RAdam,
    RMSProp,
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
}

#: Defaults as torch.optim 2.13 has them (momentum's 0.9 is ours), by hand.
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
}


def gradient_descent(rule, t, x, g):
    return (x - rule.learning_rate * g,)


def adam(rule, t, x, g, m, v):
    m = rule.beta1 * m + (1 - rule.beta1) * g
    v = rule.beta2 * v + (1 - rule.beta2) * g**2
    mean, square = m / (1 - rule.beta1**t), v / (1 - rule.beta2**t)
    return x - rule.learning_rate * mean / (sqrt(square) + rule.epsilon), m, v


#: By key: one step on floats as the paper has it, without regard to weight decay that is added to the gradient.
PAPERS = {"gd": gradient_descent, "adam": adam}
