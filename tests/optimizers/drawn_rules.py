"""Any rule with any values, for property tests."""

from hypothesis import strategies as st

from gdsim.optimizers import RULES


@st.composite
def any_rules(draw):
    kind = RULES[draw(st.sampled_from(list(RULES)))]
    values = {}
    for parameter in kind.hypers():
        if draw(st.booleans()):
            if isinstance(parameter.default, bool):
                values[parameter.name] = draw(st.booleans())
            else:
                edges = [value for value in (0.0, 1.0) if parameter.low <= value <= parameter.high]
                edges.append(parameter.slider[0])
                values[parameter.name] = draw(st.one_of(st.floats(*parameter.slider), st.sampled_from(edges)))
    return kind(**values)
