"""The functions of the built-in surfaces, printed by `formula.printing`; not to be edited."""

# ruff: noqa: E501

PRINTED: dict[tuple[str, str], str] = {
    ("x**2 + y**2", "value"): ("def f(x, y):\n    _p0 = x*x\n    _p1 = y*y\n    return ((_p0 + _p1),)\n"),
    ("x**2 + y**2", "float_value"): ("def f(x, y):\n    _p0 = x*x\n    _p1 = y*y\n    return (_p0 + _p1)\n"),
    ("x**2 + y**2", "gradient"): ("_k0 = array(2.0)\ndef f(x, y):\n    return ((_k0*x), (_k0*y),)\n"),
    ("x**2 + y**2", "float_gradient"): ("def f(x, y):\n    return ((2.0*x), (2.0*y),)\n"),
    ("x**2 + y**2", "hessian"): ("_k0 = array(2.0)\n_k1 = array(0.0)\ndef f(x, y):\n    return (_k0, _k1, _k0,)\n"),
    ("x**2/20 + y**2", "value"): (
        "_k0 = array(0.05)\ndef f(x, y):\n    _p0 = y*y\n    _p1 = x*x\n    return ((_p0 + (_k0*_p1)),)\n"
    ),
    ("x**2/20 + y**2", "float_value"): ("def f(x, y):\n    _p0 = y*y\n    _p1 = x*x\n    return (_p0 + (0.05*_p1))\n"),
    ("x**2/20 + y**2", "gradient"): (
        "_k0 = array(0.1)\n_k1 = array(2.0)\ndef f(x, y):\n    return ((_k0*x), (_k1*y),)\n"
    ),
    ("x**2/20 + y**2", "float_gradient"): ("def f(x, y):\n    return ((0.1*x), (2.0*y),)\n"),
    ("x**2/20 + y**2", "hessian"): (
        "_k0 = array(0.1)\n_k1 = array(0.0)\n_k2 = array(2.0)\ndef f(x, y):\n    return (_k0, _k1, _k2,)\n"
    ),
    ("(1 - x)**2 + 100*(y - x**2)**2", "value"): (
        "_k0 = array(1.0)\n"
        "_k1 = array(100.0)\n"
        "def f(x, y):\n"
        "    _p0 = (_k0 - x)\n"
        "    _p1 = _p0*_p0\n"
        "    _p2 = x*x\n"
        "    _p3 = (y - _p2)\n"
        "    _p4 = _p3*_p3\n"
        "    return ((_p1 + (_k1*_p4)),)\n"
    ),
    ("(1 - x)**2 + 100*(y - x**2)**2", "float_value"): (
        "def f(x, y):\n"
        "    _p0 = (1.0 - x)\n"
        "    _p1 = _p0*_p0\n"
        "    _p2 = x*x\n"
        "    _p3 = (y - _p2)\n"
        "    _p4 = _p3*_p3\n"
        "    return (_p1 + (100.0*_p4))\n"
    ),
    ("(1 - x)**2 + 100*(y - x**2)**2", "gradient"): (
        "_k0 = array(1.0)\n"
        "_k1 = array(-2.0)\n"
        "_k2 = array(400.0)\n"
        "_k3 = array(200.0)\n"
        "def f(x, y):\n"
        "    _p0 = x*x\n"
        "    _c0 = (y - _p0)\n"
        "    return (((_k1*(_k0 - x)) - (_k2*_c0*x)), (_k3*_c0),)\n"
    ),
    ("(1 - x)**2 + 100*(y - x**2)**2", "float_gradient"): (
        "def f(x, y):\n"
        "    _p0 = x*x\n"
        "    _c0 = (y - _p0)\n"
        "    return (((-2.0*(1.0 - x)) - (400.0*_c0*x)), (200.0*_c0),)\n"
    ),
    ("(1 - x)**2 + 100*(y - x**2)**2", "hessian"): (
        "_k0 = array(1200.0)\n"
        "_k1 = array(2.0)\n"
        "_k2 = array(400.0)\n"
        "_k3 = array(-400.0)\n"
        "_k4 = array(200.0)\n"
        "def f(x, y):\n"
        "    _p0 = x*x\n"
        "    return (((_k0*_p0) + _k1 - (_k2*y)), (_k3*x), _k4,)\n"
    ),
    ("(x**2 + y - 11)**2 + (x + y**2 - 7)**2", "value"): (
        "_k0 = array(11.0)\n"
        "_k1 = array(7.0)\n"
        "def f(x, y):\n"
        "    _p0 = x*x\n"
        "    _p1 = (y + _p0 - _k0)\n"
        "    _p2 = _p1*_p1\n"
        "    _p3 = y*y\n"
        "    _p4 = (x + _p3 - _k1)\n"
        "    _p5 = _p4*_p4\n"
        "    return ((_p2 + _p5),)\n"
    ),
    ("(x**2 + y - 11)**2 + (x + y**2 - 7)**2", "float_value"): (
        "def f(x, y):\n"
        "    _p0 = x*x\n"
        "    _p1 = (y + _p0 - 11.0)\n"
        "    _p2 = _p1*_p1\n"
        "    _p3 = y*y\n"
        "    _p4 = (x + _p3 - 7.0)\n"
        "    _p5 = _p4*_p4\n"
        "    return (_p2 + _p5)\n"
    ),
    ("(x**2 + y - 11)**2 + (x + y**2 - 7)**2", "gradient"): (
        "_k0 = array(7.0)\n"
        "_k1 = array(11.0)\n"
        "_k2 = array(2.0)\n"
        "_k3 = array(4.0)\n"
        "def f(x, y):\n"
        "    _p0 = y*y\n"
        "    _c0 = (x + _p0 - _k0)\n"
        "    _p1 = x*x\n"
        "    _c1 = (y + _p1 - _k1)\n"
        "    return (((_k2*_c0) + (_k3*_c1*x)), ((_k2*_c1) + (_k3*_c0*y)),)\n"
    ),
    ("(x**2 + y - 11)**2 + (x + y**2 - 7)**2", "float_gradient"): (
        "def f(x, y):\n"
        "    _p0 = y*y\n"
        "    _c0 = (x + _p0 - 7.0)\n"
        "    _p1 = x*x\n"
        "    _c1 = (y + _p1 - 11.0)\n"
        "    return (((2.0*_c0) + (4.0*_c1*x)), ((2.0*_c1) + (4.0*_c0*y)),)\n"
    ),
    ("(x**2 + y - 11)**2 + (x + y**2 - 7)**2", "hessian"): (
        "_k0 = array(4.0)\n"
        "_k1 = array(12.0)\n"
        "_k2 = array(42.0)\n"
        "_k3 = array(26.0)\n"
        "def f(x, y):\n"
        "    _c0 = (_k0*y)\n"
        "    _c1 = (_k0*x)\n"
        "    _p0 = x*x\n"
        "    _p1 = y*y\n"
        "    return ((_c0 + (_k1*_p0) - _k2), (_c0 + _c1), (_c1 + (_k1*_p1) - _k3),)\n"
    ),
    ("20 + x**2 - 10*cos(2*pi*x) + y**2 - 10*cos(2*pi*y)", "value"): (
        "_k0 = array(6.283185307179586)\n"
        "_k1 = array(20.0)\n"
        "_k2 = array(10.0)\n"
        "def f(x, y):\n"
        "    _c0 = _k0\n"
        "    _p0 = x*x\n"
        "    _p1 = y*y\n"
        "    return ((_p0 + _p1 + _k1 - (_k2*cos((_c0*x))) - (_k2*cos((_c0*y)))),)\n"
    ),
    ("20 + x**2 - 10*cos(2*pi*x) + y**2 - 10*cos(2*pi*y)", "float_value"): (
        "def f(x, y):\n"
        "    _c0 = 6.283185307179586\n"
        "    _p0 = x*x\n"
        "    _p1 = y*y\n"
        "    return (_p0 + _p1 + 20.0 - (10.0*float(cos((_c0*x)))) - (10.0*float(cos((_c0*y)))))\n"
    ),
    ("20 + x**2 - 10*cos(2*pi*x) + y**2 - 10*cos(2*pi*y)", "gradient"): (
        "_k0 = array(2.0)\n"
        "_k1 = array(62.83185307179586)\n"
        "_k2 = array(3.141592653589793)\n"
        "def f(x, y):\n"
        "    _c0 = (_k0*x)\n"
        "    _c1 = _k1\n"
        "    _c2 = (_k0*y)\n"
        "    return ((_c0 + (_c1*sin((_k2*_c0)))), (_c2 + (_c1*sin((_k2*_c2)))),)\n"
    ),
    ("20 + x**2 - 10*cos(2*pi*x) + y**2 - 10*cos(2*pi*y)", "float_gradient"): (
        "def f(x, y):\n"
        "    _c0 = (2.0*x)\n"
        "    _c1 = 62.83185307179586\n"
        "    _c2 = (2.0*y)\n"
        "    return ((_c0 + (_c1*float(sin((3.141592653589793*_c0))))), (_c2 + (_c1*float(sin((3.141592653589793*_c2))))),)\n"
    ),
    ("20 + x**2 - 10*cos(2*pi*x) + y**2 - 10*cos(2*pi*y)", "hessian"): (
        "_k0 = array(6.283185307179586)\n"
        "_k1 = array(394.78417604357435)\n"
        "_k2 = array(2.0)\n"
        "_k3 = array(0.0)\n"
        "def f(x, y):\n"
        "    _c0 = _k0\n"
        "    _c1 = _k1\n"
        "    return (((_c1*cos((_c0*x))) + _k2), _k3, ((_c1*cos((_c0*y))) + _k2),)\n"
    ),
    ("-20*exp(-0.2*hypot(x, y)/sqrt(2)) - exp((cos(2*pi*x) + cos(2*pi*y))/2) + 20 + e", "value"): (
        "_k0 = array(6.283185307179586)\n"
        "_k1 = array(20.0)\n"
        "_k2 = array(2.718281828459045)\n"
        "_k3 = array(0.5)\n"
        "_k4 = array(-0.1414213562373095)\n"
        "def f(x, y):\n"
        "    _c0 = _k0\n"
        "    return ((_k1 + _k2 - exp((_k3*(cos((_c0*x)) + cos((_c0*y))))) - (_k1*exp((_k4*hypot(x, y))))),)\n"
    ),
    ("-20*exp(-0.2*hypot(x, y)/sqrt(2)) - exp((cos(2*pi*x) + cos(2*pi*y))/2) + 20 + e", "float_value"): (
        "def f(x, y):\n"
        "    _c0 = 6.283185307179586\n"
        "    return (20.0 + 2.718281828459045 - float(exp((0.5*(float(cos((_c0*x))) + float(cos((_c0*y))))))) - (20.0*float(exp((-0.1414213562373095*float(hypot(x, y)))))))\n"
    ),
    ("-20*exp(-0.2*hypot(x, y)/sqrt(2)) - exp((cos(2*pi*x) + cos(2*pi*y))/2) + 20 + e", "gradient"): (
        "_k0 = array(6.283185307179586)\n"
        "_k1 = array(0.5)\n"
        "_k2 = array(3.141592653589793)\n"
        "_k3 = array(1.4142135623730951)\n"
        "_k4 = array(-0.1)\n"
        "_k5 = array(2.0)\n"
        "def f(x, y):\n"
        "    _c0 = _k0\n"
        "    _c1 = (_c0*x)\n"
        "    _c2 = (_c0*y)\n"
        "    _c3 = (_k2*exp((_k1*(cos(_c1) + cos(_c2)))))\n"
        "    _c4 = hypot(x, y)\n"
        "    _c5 = _k3\n"
        "    _c6 = (_k5*_c5*exp((_k4*_c4*_c5)))\n"
        "    return (((_c3*sin(_c1)) + (_c6*ratio(x, _c4))), ((_c3*sin(_c2)) + (_c6*ratio(y, _c4))),)\n"
    ),
    ("-20*exp(-0.2*hypot(x, y)/sqrt(2)) - exp((cos(2*pi*x) + cos(2*pi*y))/2) + 20 + e", "float_gradient"): (
        "def f(x, y):\n"
        "    _c0 = 6.283185307179586\n"
        "    _c1 = (_c0*x)\n"
        "    _c2 = (_c0*y)\n"
        "    _c3 = (3.141592653589793*float(exp((0.5*(float(cos(_c1)) + float(cos(_c2)))))))\n"
        "    _c4 = float(hypot(x, y))\n"
        "    _c5 = 1.4142135623730951\n"
        "    _c6 = (2.0*_c5*float(exp((-0.1*_c4*_c5))))\n"
        "    return (((_c3*float(sin(_c1))) + (_c6*ratio(x, _c4))), ((_c3*float(sin(_c2))) + (_c6*ratio(y, _c4))),)\n"
    ),
    ("-20*exp(-0.2*hypot(x, y)/sqrt(2)) - exp((cos(2*pi*x) + cos(2*pi*y))/2) + 20 + e", "hessian"): (
        "_k0 = array(1.4142135623730951)\n"
        "_k1 = array(-0.1)\n"
        "_k2 = array(0.4)\n"
        "_k3 = array(6.283185307179586)\n"
        "_k4 = array(0.5)\n"
        "_k5 = array(9.869604401089358)\n"
        "_k6 = array(1.0)\n"
        "_k7 = array(2.0)\n"
        "def f(x, y):\n"
        "    _c0 = hypot(x, y)\n"
        "    _c1 = ratio(x, _c0)\n"
        "    _c2 = _k0\n"
        "    _c3 = exp((_k1*_c0*_c2))\n"
        "    _c4 = (_k2*_c3)\n"
        "    _c5 = _k3\n"
        "    _c6 = (_c5*x)\n"
        "    _c7 = sin(_c6)\n"
        "    _c8 = cos(_c6)\n"
        "    _c9 = (_c5*y)\n"
        "    _c10 = cos(_c9)\n"
        "    _c11 = (_k5*exp((_k4*(_c10 + _c8))))\n"
        "    _p0 = _c0*_c0\n"
        "    _c12 = _p0\n"
        "    _c13 = ratio(x, _c12)\n"
        "    _c14 = ratio(_k6, _c0)\n"
        "    _c15 = (_k7*_c2*_c3)\n"
        "    _c16 = (_k7*_c11)\n"
        "    _c17 = ratio(y, _c0)\n"
        "    _c18 = sin(_c9)\n"
        "    _p1 = _c7*_c7\n"
        "    _p2 = _c1*_c1\n"
        "    _p3 = _c18*_c18\n"
        "    _p4 = _c17*_c17\n"
        "    return (((_c15*(_c14 - (_c1*_c13))) + (_c16*_c8) - (_c11*_p1) - (_c4*_p2)), ((-_c1*_c17*_c4) - (_c11*_c18*_c7) - (_c13*_c15*_c17)), ((_c10*_c16) + (_c15*(_c14 - (_c17*ratio(y, _c12)))) - (_c11*_p3) - (_c4*_p4)),)\n"
    ),
    ("(1.5 - x + x*y)**2 + (2.25 - x + x*y**2)**2 + (2.625 - x + x*y**3)**2", "value"): (
        "_k0 = array(1.5)\n"
        "_k1 = array(2.25)\n"
        "_k2 = array(2.625)\n"
        "def f(x, y):\n"
        "    _c0 = (-x)\n"
        "    _p0 = (_c0 + (x*y) + _k0)\n"
        "    _p1 = _p0*_p0\n"
        "    _p2 = y*y\n"
        "    _p3 = (_c0 + (x*_p2) + _k1)\n"
        "    _p4 = _p3*_p3\n"
        "    _p5 = y*y*y\n"
        "    _p6 = (_c0 + (x*_p5) + _k2)\n"
        "    _p7 = _p6*_p6\n"
        "    return ((_p1 + _p4 + _p7),)\n"
    ),
    ("(1.5 - x + x*y)**2 + (2.25 - x + x*y**2)**2 + (2.625 - x + x*y**3)**2", "float_value"): (
        "def f(x, y):\n"
        "    _c0 = (-x)\n"
        "    _p0 = (_c0 + (x*y) + 1.5)\n"
        "    _p1 = _p0*_p0\n"
        "    _p2 = y*y\n"
        "    _p3 = (_c0 + (x*_p2) + 2.25)\n"
        "    _p4 = _p3*_p3\n"
        "    _p5 = y*y*y\n"
        "    _p6 = (_c0 + (x*_p5) + 2.625)\n"
        "    _p7 = _p6*_p6\n"
        "    return (_p1 + _p4 + _p7)\n"
    ),
    ("(1.5 - x + x*y)**2 + (2.25 - x + x*y**2)**2 + (2.625 - x + x*y**3)**2", "gradient"): (
        "_k0 = array(1.5)\n"
        "_k1 = array(2.0)\n"
        "_k2 = array(2.25)\n"
        "_k3 = array(2.625)\n"
        "_k4 = array(1.0)\n"
        "_k5 = array(4.0)\n"
        "_k6 = array(6.0)\n"
        "def f(x, y):\n"
        "    _c0 = (-x)\n"
        "    _c1 = (x*y)\n"
        "    _c2 = (_k1*(_c0 + _c1 + _k0))\n"
        "    _p0 = y*y\n"
        "    _c3 = _p0\n"
        "    _c4 = (_c3*x)\n"
        "    _c5 = (_c0 + _c4 + _k2)\n"
        "    _p1 = y*y*y\n"
        "    _c6 = _p1\n"
        "    _c7 = (_c0 + (_c6*x) + _k3)\n"
        "    return (((_c2*(y - _k4)) + (_k1*_c5*(_c3 - _k4)) + (_k1*_c7*(_c6 - _k4))), ((_c2*x) + (_k5*_c1*_c5) + (_k6*_c4*_c7)),)\n"
    ),
    ("(1.5 - x + x*y)**2 + (2.25 - x + x*y**2)**2 + (2.625 - x + x*y**3)**2", "float_gradient"): (
        "def f(x, y):\n"
        "    _c0 = (-x)\n"
        "    _c1 = (x*y)\n"
        "    _c2 = (2.0*(_c0 + _c1 + 1.5))\n"
        "    _p0 = y*y\n"
        "    _c3 = _p0\n"
        "    _c4 = (_c3*x)\n"
        "    _c5 = (_c0 + _c4 + 2.25)\n"
        "    _p1 = y*y*y\n"
        "    _c6 = _p1\n"
        "    _c7 = (_c0 + (_c6*x) + 2.625)\n"
        "    return (((_c2*(y - 1.0)) + (2.0*_c5*(_c3 - 1.0)) + (2.0*_c7*(_c6 - 1.0))), ((_c2*x) + (4.0*_c1*_c5) + (6.0*_c4*_c7)),)\n"
    ),
    ("(1.5 - x + x*y)**2 + (2.25 - x + x*y**2)**2 + (2.625 - x + x*y**3)**2", "hessian"): (
        "_k0 = array(1.0)\n"
        "_k1 = array(2.25)\n"
        "_k2 = array(4.0)\n"
        "_k3 = array(2.625)\n"
        "_k4 = array(2.0)\n"
        "_k5 = array(1.5)\n"
        "_k6 = array(6.0)\n"
        "_k7 = array(8.0)\n"
        "_k8 = array(12.0)\n"
        "_k9 = array(18.0)\n"
        "def f(x, y):\n"
        "    _c0 = (y - _k0)\n"
        "    _p0 = y*y\n"
        "    _c1 = _p0\n"
        "    _c2 = (_c1 - _k0)\n"
        "    _p1 = y*y*y\n"
        "    _c3 = _p1\n"
        "    _c4 = (_c3 - _k0)\n"
        "    _c5 = (-x)\n"
        "    _c6 = (x*y)\n"
        "    _c7 = (_c1*x)\n"
        "    _c8 = (_k2*(_c5 + _c7 + _k1))\n"
        "    _c9 = (_c5 + (_c3*x) + _k3)\n"
        "    _p2 = x*x\n"
        "    _c10 = _p2\n"
        "    _p3 = _c0*_c0\n"
        "    _p4 = _c2*_c2\n"
        "    _p5 = _c4*_c4\n"
        "    _p6 = _p0*_p0\n"
        "    return (((_k4*_p3) + (_k4*_p4) + (_k4*_p5)), ((_k4*(_c5 + _c6 + _k5)) + (_c8*y) + (_k4*_c0*x) + (_k2*_c2*_c6) + (_k6*_c1*_c9) + (_k6*_c4*_c7)), ((_k4*_c10) + (_c8*x) + (_k7*_c1*_c10) + (_k8*_c6*_c9) + (_k9*_c10*_p6)),)\n"
    ),
    ("(x + 2*y - 7)**2 + (2*x + y - 5)**2", "value"): (
        "_k0 = array(2.0)\n"
        "_k1 = array(7.0)\n"
        "_k2 = array(5.0)\n"
        "def f(x, y):\n"
        "    _p0 = (x + (_k0*y) - _k1)\n"
        "    _p1 = _p0*_p0\n"
        "    _p2 = (y + (_k0*x) - _k2)\n"
        "    _p3 = _p2*_p2\n"
        "    return ((_p1 + _p3),)\n"
    ),
    ("(x + 2*y - 7)**2 + (2*x + y - 5)**2", "float_value"): (
        "def f(x, y):\n"
        "    _p0 = (x + (2.0*y) - 7.0)\n"
        "    _p1 = _p0*_p0\n"
        "    _p2 = (y + (2.0*x) - 5.0)\n"
        "    _p3 = _p2*_p2\n"
        "    return (_p1 + _p3)\n"
    ),
    ("(x + 2*y - 7)**2 + (2*x + y - 5)**2", "gradient"): (
        "_k0 = array(8.0)\n"
        "_k1 = array(10.0)\n"
        "_k2 = array(34.0)\n"
        "_k3 = array(38.0)\n"
        "def f(x, y):\n"
        "    return (((_k0*y) + (_k1*x) - _k2), ((_k0*x) + (_k1*y) - _k3),)\n"
    ),
    ("(x + 2*y - 7)**2 + (2*x + y - 5)**2", "float_gradient"): (
        "def f(x, y):\n    return (((8.0*y) + (10.0*x) - 34.0), ((8.0*x) + (10.0*y) - 38.0),)\n"
    ),
    ("(x + 2*y - 7)**2 + (2*x + y - 5)**2", "hessian"): (
        "_k0 = array(10.0)\n_k1 = array(8.0)\ndef f(x, y):\n    return (_k0, _k1, _k0,)\n"
    ),
    ("0.26*(x**2 + y**2) - 0.48*x*y", "value"): (
        "_k0 = array(0.26)\n"
        "_k1 = array(0.48)\n"
        "def f(x, y):\n"
        "    _p0 = x*x\n"
        "    _p1 = y*y\n"
        "    return (((_k0*(_p0 + _p1)) - (_k1*x*y)),)\n"
    ),
    ("0.26*(x**2 + y**2) - 0.48*x*y", "float_value"): (
        "def f(x, y):\n    _p0 = x*x\n    _p1 = y*y\n    return ((0.26*(_p0 + _p1)) - (0.48*x*y))\n"
    ),
    ("0.26*(x**2 + y**2) - 0.48*x*y", "gradient"): (
        "_k0 = array(0.52)\n_k1 = array(0.48)\ndef f(x, y):\n    return (((_k0*x) - (_k1*y)), ((_k0*y) - (_k1*x)),)\n"
    ),
    ("0.26*(x**2 + y**2) - 0.48*x*y", "float_gradient"): (
        "def f(x, y):\n    return (((0.52*x) - (0.48*y)), ((0.52*y) - (0.48*x)),)\n"
    ),
    ("0.26*(x**2 + y**2) - 0.48*x*y", "hessian"): (
        "_k0 = array(0.52)\n_k1 = array(-0.48)\ndef f(x, y):\n    return (_k0, _k1, _k0,)\n"
    ),
    ("2*x**2 - 1.05*x**4 + x**6/6 + x*y + y**2", "value"): (
        "_k0 = array(2.0)\n"
        "_k1 = array(0.16666666666666666)\n"
        "_k2 = array(1.05)\n"
        "def f(x, y):\n"
        "    _p0 = y*y\n"
        "    _p1 = x*x\n"
        "    _p2 = x*x*x\n"
        "    _p3 = _p2*_p2\n"
        "    _p4 = _p1*_p1\n"
        "    return ((_p0 + (_k0*_p1) + (_k1*_p3) + (x*y) - (_k2*_p4)),)\n"
    ),
    ("2*x**2 - 1.05*x**4 + x**6/6 + x*y + y**2", "float_value"): (
        "def f(x, y):\n"
        "    _p0 = y*y\n"
        "    _p1 = x*x\n"
        "    _p2 = x*x*x\n"
        "    _p3 = _p2*_p2\n"
        "    _p4 = _p1*_p1\n"
        "    return (_p0 + (2.0*_p1) + (0.16666666666666666*_p3) + (x*y) - (1.05*_p4))\n"
    ),
    ("2*x**2 - 1.05*x**4 + x**6/6 + x*y + y**2", "gradient"): (
        "_k0 = array(4.0)\n"
        "_k1 = array(4.2)\n"
        "_k2 = array(2.0)\n"
        "def f(x, y):\n"
        "    _p0 = x*x\n"
        "    _p1 = _p0*_p0*x\n"
        "    _p2 = x*x*x\n"
        "    return ((y + _p1 + (_k0*x) - (_k1*_p2)), (x + (_k2*y)),)\n"
    ),
    ("2*x**2 - 1.05*x**4 + x**6/6 + x*y + y**2", "float_gradient"): (
        "def f(x, y):\n"
        "    _p0 = x*x\n"
        "    _p1 = _p0*_p0*x\n"
        "    _p2 = x*x*x\n"
        "    return ((y + _p1 + (4.0*x) - (4.2*_p2)), (x + (2.0*y)),)\n"
    ),
    ("2*x**2 - 1.05*x**4 + x**6/6 + x*y + y**2", "hessian"): (
        "_k0 = array(5.0)\n"
        "_k1 = array(4.0)\n"
        "_k2 = array(12.6)\n"
        "_k3 = array(1.0)\n"
        "_k4 = array(2.0)\n"
        "def f(x, y):\n"
        "    _p0 = x*x\n"
        "    _p1 = _p0*_p0\n"
        "    return (((_k0*_p1) + _k1 - (_k2*_p0)), _k3, _k4,)\n"
    ),
    ("(4 - 2.1*x**2 + x**4/3)*x**2 + x*y + (-4 + 4*y**2)*y**2", "value"): (
        "_k0 = array(0.3333333333333333)\n"
        "_k1 = array(4.0)\n"
        "_k2 = array(2.1)\n"
        "def f(x, y):\n"
        "    _p0 = x*x\n"
        "    _c0 = _p0\n"
        "    _p1 = y*y\n"
        "    _c1 = _p1\n"
        "    _p2 = _p0*_p0\n"
        "    return (((_c0*((_k0*_p2) + _k1 - (_k2*_c0))) + (_c1*((_k1*_c1) - _k1)) + (x*y)),)\n"
    ),
    ("(4 - 2.1*x**2 + x**4/3)*x**2 + x*y + (-4 + 4*y**2)*y**2", "float_value"): (
        "def f(x, y):\n"
        "    _p0 = x*x\n"
        "    _c0 = _p0\n"
        "    _p1 = y*y\n"
        "    _c1 = _p1\n"
        "    _p2 = _p0*_p0\n"
        "    return ((_c0*((0.3333333333333333*_p2) + 4.0 - (2.1*_c0))) + (_c1*((4.0*_c1) - 4.0)) + (x*y))\n"
    ),
    ("(4 - 2.1*x**2 + x**4/3)*x**2 + x*y + (-4 + 4*y**2)*y**2", "gradient"): (
        "_k0 = array(1.3333333333333333)\n"
        "_k1 = array(4.2)\n"
        "_k2 = array(0.3333333333333333)\n"
        "_k3 = array(4.0)\n"
        "_k4 = array(2.1)\n"
        "_k5 = array(2.0)\n"
        "_k6 = array(8.0)\n"
        "def f(x, y):\n"
        "    _p0 = x*x\n"
        "    _c0 = _p0\n"
        "    _p1 = x*x*x\n"
        "    _p2 = _p0*_p0\n"
        "    _p3 = y*y*y\n"
        "    _p4 = y*y\n"
        "    return ((y + (_c0*((_k0*_p1) - (_k1*x))) + (_k5*x*((_k2*_p2) + _k3 - (_k4*_c0)))), (x + (_k6*_p3) + (_k5*y*((_k3*_p4) - _k3))),)\n"
    ),
    ("(4 - 2.1*x**2 + x**4/3)*x**2 + x*y + (-4 + 4*y**2)*y**2", "float_gradient"): (
        "def f(x, y):\n"
        "    _p0 = x*x\n"
        "    _c0 = _p0\n"
        "    _p1 = x*x*x\n"
        "    _p2 = _p0*_p0\n"
        "    _p3 = y*y*y\n"
        "    _p4 = y*y\n"
        "    return ((y + (_c0*((1.3333333333333333*_p1) - (4.2*x))) + (2.0*x*((0.3333333333333333*_p2) + 4.0 - (2.1*_c0)))), (x + (8.0*_p3) + (2.0*y*((4.0*_p4) - 4.0))),)\n"
    ),
    ("(4 - 2.1*x**2 + x**4/3)*x**2 + x*y + (-4 + 4*y**2)*y**2", "hessian"): (
        "_k0 = array(0.6666666666666666)\n"
        "_k1 = array(4.0)\n"
        "_k2 = array(4.2)\n"
        "_k3 = array(1.3333333333333333)\n"
        "_k4 = array(8.0)\n"
        "_k5 = array(1.0)\n"
        "_k6 = array(48.0)\n"
        "def f(x, y):\n"
        "    _p0 = x*x\n"
        "    _c0 = _p0\n"
        "    _p1 = _p0*_p0\n"
        "    _p2 = x*x*x\n"
        "    _p3 = y*y\n"
        "    return (((_k0*_p1) + (_c0*((_k1*_c0) - _k2)) + (_k1*x*((_k3*_p2) - (_k2*x))) + _k4 - (_k2*_c0)), _k5, ((_k6*_p3) - _k4),)\n"
    ),
    (
        "(1 + (x + y + 1)**2*(19 - 14*x + 3*x**2 - 14*y + 6*x*y + 3*y**2))*(30 + (2*x - 3*y)**2*(18 - 32*x + 12*x**2 + 48*y - 36*x*y + 27*y**2))",
        "value",
    ): (
        "_k0 = array(1.0)\n"
        "_k1 = array(3.0)\n"
        "_k2 = array(6.0)\n"
        "_k3 = array(19.0)\n"
        "_k4 = array(14.0)\n"
        "_k5 = array(2.0)\n"
        "_k6 = array(12.0)\n"
        "_k7 = array(27.0)\n"
        "_k8 = array(48.0)\n"
        "_k9 = array(18.0)\n"
        "_k10 = array(36.0)\n"
        "_k11 = array(32.0)\n"
        "_k12 = array(30.0)\n"
        "def f(x, y):\n"
        "    _p0 = x*x\n"
        "    _c0 = _p0\n"
        "    _p1 = y*y\n"
        "    _c1 = _p1\n"
        "    _c2 = (x*y)\n"
        "    _p2 = (x + y + _k0)\n"
        "    _p3 = _p2*_p2\n"
        "    _p4 = ((_k5*x) - (_k1*y))\n"
        "    _p5 = _p4*_p4\n"
        "    return ((((_p3*((_k1*_c0) + (_k1*_c1) + (_k2*_c2) + _k3 - (_k4*x) - (_k4*y))) + _k0)*((_p5*((_k6*_c0) + (_k7*_c1) + (_k8*y) + _k9 - (_k10*_c2) - (_k11*x))) + _k12)),)\n"
    ),
    (
        "(1 + (x + y + 1)**2*(19 - 14*x + 3*x**2 - 14*y + 6*x*y + 3*y**2))*(30 + (2*x - 3*y)**2*(18 - 32*x + 12*x**2 + 48*y - 36*x*y + 27*y**2))",
        "float_value",
    ): (
        "def f(x, y):\n"
        "    _p0 = x*x\n"
        "    _c0 = _p0\n"
        "    _p1 = y*y\n"
        "    _c1 = _p1\n"
        "    _c2 = (x*y)\n"
        "    _p2 = (x + y + 1.0)\n"
        "    _p3 = _p2*_p2\n"
        "    _p4 = ((2.0*x) - (3.0*y))\n"
        "    _p5 = _p4*_p4\n"
        "    return (((_p3*((3.0*_c0) + (3.0*_c1) + (6.0*_c2) + 19.0 - (14.0*x) - (14.0*y))) + 1.0)*((_p5*((12.0*_c0) + (27.0*_c1) + (48.0*y) + 18.0 - (36.0*_c2) - (32.0*x))) + 30.0))\n"
    ),
    (
        "(1 + (x + y + 1)**2*(19 - 14*x + 3*x**2 - 14*y + 6*x*y + 3*y**2))*(30 + (2*x - 3*y)**2*(18 - 32*x + 12*x**2 + 48*y - 36*x*y + 27*y**2))",
        "gradient",
    ): (
        "_k0 = array(1.0)\n"
        "_k1 = array(6.0)\n"
        "_k2 = array(3.0)\n"
        "_k3 = array(19.0)\n"
        "_k4 = array(14.0)\n"
        "_k5 = array(2.0)\n"
        "_k6 = array(36.0)\n"
        "_k7 = array(12.0)\n"
        "_k8 = array(27.0)\n"
        "_k9 = array(48.0)\n"
        "_k10 = array(18.0)\n"
        "_k11 = array(32.0)\n"
        "_k12 = array(30.0)\n"
        "_k13 = array(4.0)\n"
        "_k14 = array(24.0)\n"
        "_k15 = array(54.0)\n"
        "def f(x, y):\n"
        "    _c0 = (x + y + _k0)\n"
        "    _p0 = _c0*_c0\n"
        "    _c1 = _p0\n"
        "    _p1 = x*x\n"
        "    _c2 = _p1\n"
        "    _p2 = y*y\n"
        "    _c3 = _p2\n"
        "    _c4 = (_k1*x)\n"
        "    _c5 = ((_k2*_c2) + (_k2*_c3) + (_c4*y) + _k3 - (_k4*x) - (_k4*y))\n"
        "    _c6 = ((_c1*_c5) + _k0)\n"
        "    _c7 = ((_k5*x) - (_k2*y))\n"
        "    _p3 = _c7*_c7\n"
        "    _c8 = _p3\n"
        "    _c9 = (_k6*y)\n"
        "    _c10 = ((_k7*_c2) + (_k8*_c3) + (_k9*y) + _k10 - (_k11*x) - (_c9*x))\n"
        "    _c11 = (_c10*_c7)\n"
        "    _c12 = (((_c10*_c8) + _k12)*((_c1*(_c4 + (_k1*y) - _k4)) + (_k5*_c0*_c5)))\n"
        "    return ((_c12 + (_c6*((_k13*_c11) - (_c8*(_c9 + _k11 - (_k14*x)))))), (_c12 + (_c6*((_c8*((_k15*y) + _k9 - (_k6*x))) - (_k1*_c11)))),)\n"
    ),
    (
        "(1 + (x + y + 1)**2*(19 - 14*x + 3*x**2 - 14*y + 6*x*y + 3*y**2))*(30 + (2*x - 3*y)**2*(18 - 32*x + 12*x**2 + 48*y - 36*x*y + 27*y**2))",
        "float_gradient",
    ): (
        "def f(x, y):\n"
        "    _c0 = (x + y + 1.0)\n"
        "    _p0 = _c0*_c0\n"
        "    _c1 = _p0\n"
        "    _p1 = x*x\n"
        "    _c2 = _p1\n"
        "    _p2 = y*y\n"
        "    _c3 = _p2\n"
        "    _c4 = (6.0*x)\n"
        "    _c5 = ((3.0*_c2) + (3.0*_c3) + (_c4*y) + 19.0 - (14.0*x) - (14.0*y))\n"
        "    _c6 = ((_c1*_c5) + 1.0)\n"
        "    _c7 = ((2.0*x) - (3.0*y))\n"
        "    _p3 = _c7*_c7\n"
        "    _c8 = _p3\n"
        "    _c9 = (36.0*y)\n"
        "    _c10 = ((12.0*_c2) + (27.0*_c3) + (48.0*y) + 18.0 - (32.0*x) - (_c9*x))\n"
        "    _c11 = (_c10*_c7)\n"
        "    _c12 = (((_c10*_c8) + 30.0)*((_c1*(_c4 + (6.0*y) - 14.0)) + (2.0*_c0*_c5)))\n"
        "    return ((_c12 + (_c6*((4.0*_c11) - (_c8*(_c9 + 32.0 - (24.0*x)))))), (_c12 + (_c6*((_c8*((54.0*y) + 48.0 - (36.0*x))) - (6.0*_c11)))),)\n"
    ),
    (
        "(1 + (x + y + 1)**2*(19 - 14*x + 3*x**2 - 14*y + 6*x*y + 3*y**2))*(30 + (2*x - 3*y)**2*(18 - 32*x + 12*x**2 + 48*y - 36*x*y + 27*y**2))",
        "hessian",
    ): (
        "_k0 = array(1.0)\n"
        "_k1 = array(6.0)\n"
        "_k2 = array(3.0)\n"
        "_k3 = array(19.0)\n"
        "_k4 = array(14.0)\n"
        "_k5 = array(36.0)\n"
        "_k6 = array(12.0)\n"
        "_k7 = array(27.0)\n"
        "_k8 = array(48.0)\n"
        "_k9 = array(18.0)\n"
        "_k10 = array(32.0)\n"
        "_k11 = array(2.0)\n"
        "_k12 = array(24.0)\n"
        "_k13 = array(30.0)\n"
        "_k14 = array(4.0)\n"
        "_k15 = array(54.0)\n"
        "_k16 = array(8.0)\n"
        "def f(x, y):\n"
        "    _c0 = (x + y + _k0)\n"
        "    _p0 = _c0*_c0\n"
        "    _c1 = _p0\n"
        "    _p1 = x*x\n"
        "    _c2 = _p1\n"
        "    _p2 = y*y\n"
        "    _c3 = _p2\n"
        "    _c4 = (_k1*x)\n"
        "    _c5 = ((_k2*_c2) + (_k2*_c3) + (_c4*y) + _k3 - (_k4*x) - (_k4*y))\n"
        "    _c6 = ((_c1*_c5) + _k0)\n"
        "    _c7 = (_k5*y)\n"
        "    _c8 = ((_k6*_c2) + (_k7*_c3) + (_k8*y) + _k9 - (_k10*x) - (_c7*x))\n"
        "    _c9 = ((_k11*x) - (_k2*y))\n"
        "    _p3 = _c9*_c9\n"
        "    _c10 = _p3\n"
        "    _c11 = ((_k12*x) - _c7 - _k10)\n"
        "    _c12 = (_c11*_c9)\n"
        "    _c13 = (_k11*_c5)\n"
        "    _c14 = (_c4 + (_k1*y) - _k4)\n"
        "    _c15 = (((_c10*_c8) + _k13)*(_c13 + (_k1*_c1) + (_k14*_c0*_c14)))\n"
        "    _c16 = ((_c0*_c13) + (_c1*_c14))\n"
        "    _c17 = (_c16*((_c10*_c11) + (_k14*_c8*_c9)))\n"
        "    _c18 = ((_k15*y) + _k8 - (_k5*x))\n"
        "    _c19 = (_c16*((_c10*_c18) - (_k1*_c8*_c9)))\n"
        "    return ((_c15 + (_k11*_c17) + (_c6*((_k16*_c12) + (_k16*_c8) + (_k12*_c10)))), (_c15 + _c17 + _c19 - (_c6*((_k1*_c12) + (_k6*_c8) + (_k5*_c10) - (_k14*_c18*_c9)))), (_c15 + (_k11*_c19) + (_c6*((_k9*_c8) + (_k15*_c10) - (_k6*_c18*_c9)))),)\n"
    ),
    ("(x**4 - 16*x**2 + 5*x + y**4 - 16*y**2 + 5*y)/2", "value"): (
        "_k0 = array(5.0)\n"
        "_k1 = array(16.0)\n"
        "_k2 = array(0.5)\n"
        "def f(x, y):\n"
        "    _p0 = x*x\n"
        "    _p1 = _p0*_p0\n"
        "    _p2 = y*y\n"
        "    _p3 = _p2*_p2\n"
        "    return ((_k2*(_p1 + _p3 + (_k0*x) + (_k0*y) - (_k1*_p0) - (_k1*_p2))),)\n"
    ),
    ("(x**4 - 16*x**2 + 5*x + y**4 - 16*y**2 + 5*y)/2", "float_value"): (
        "def f(x, y):\n"
        "    _p0 = x*x\n"
        "    _p1 = _p0*_p0\n"
        "    _p2 = y*y\n"
        "    _p3 = _p2*_p2\n"
        "    return (0.5*(_p1 + _p3 + (5.0*x) + (5.0*y) - (16.0*_p0) - (16.0*_p2)))\n"
    ),
    ("(x**4 - 16*x**2 + 5*x + y**4 - 16*y**2 + 5*y)/2", "gradient"): (
        "_k0 = array(2.0)\n"
        "_k1 = array(2.5)\n"
        "_k2 = array(16.0)\n"
        "def f(x, y):\n"
        "    _p0 = x*x*x\n"
        "    _p1 = y*y*y\n"
        "    return (((_k0*_p0) + _k1 - (_k2*x)), ((_k0*_p1) + _k1 - (_k2*y)),)\n"
    ),
    ("(x**4 - 16*x**2 + 5*x + y**4 - 16*y**2 + 5*y)/2", "float_gradient"): (
        "def f(x, y):\n"
        "    _p0 = x*x*x\n"
        "    _p1 = y*y*y\n"
        "    return (((2.0*_p0) + 2.5 - (16.0*x)), ((2.0*_p1) + 2.5 - (16.0*y)),)\n"
    ),
    ("(x**4 - 16*x**2 + 5*x + y**4 - 16*y**2 + 5*y)/2", "hessian"): (
        "_k0 = array(6.0)\n"
        "_k1 = array(16.0)\n"
        "_k2 = array(0.0)\n"
        "def f(x, y):\n"
        "    _p0 = x*x\n"
        "    _p1 = y*y\n"
        "    return (((_k0*_p0) - _k1), _k2, ((_k0*_p1) - _k1),)\n"
    ),
    ("sin(x + y) + (x - y)**2 - 1.5*x + 2.5*y + 1", "value"): (
        "_k0 = array(2.5)\n"
        "_k1 = array(1.0)\n"
        "_k2 = array(1.5)\n"
        "def f(x, y):\n"
        "    _p0 = (x - y)\n"
        "    _p1 = _p0*_p0\n"
        "    return ((_p1 + (_k0*y) + sin((x + y)) + _k1 - (_k2*x)),)\n"
    ),
    ("sin(x + y) + (x - y)**2 - 1.5*x + 2.5*y + 1", "float_value"): (
        "def f(x, y):\n"
        "    _p0 = (x - y)\n"
        "    _p1 = _p0*_p0\n"
        "    return (_p1 + (2.5*y) + float(sin((x + y))) + 1.0 - (1.5*x))\n"
    ),
    ("sin(x + y) + (x - y)**2 - 1.5*x + 2.5*y + 1", "gradient"): (
        "_k0 = array(2.0)\n"
        "_k1 = array(1.5)\n"
        "_k2 = array(2.5)\n"
        "def f(x, y):\n"
        "    _c0 = (_k0*(x - y))\n"
        "    _c1 = cos((x + y))\n"
        "    return ((_c0 + _c1 - _k1), (_c1 + _k2 - _c0),)\n"
    ),
    ("sin(x + y) + (x - y)**2 - 1.5*x + 2.5*y + 1", "float_gradient"): (
        "def f(x, y):\n"
        "    _c0 = (2.0*(x - y))\n"
        "    _c1 = float(cos((x + y)))\n"
        "    return ((_c0 + _c1 - 1.5), (_c1 + 2.5 - _c0),)\n"
    ),
    ("sin(x + y) + (x - y)**2 - 1.5*x + 2.5*y + 1", "hessian"): (
        "_k0 = array(2.0)\n"
        "def f(x, y):\n"
        "    _c0 = sin((x + y))\n"
        "    _c1 = (_k0 - _c0)\n"
        "    return (_c1, ((-_c0) - _k0), _c1,)\n"
    ),
    ("sin(3*pi*x)**2 + (x - 1)**2*(1 + sin(3*pi*y)**2) + (y - 1)**2*(1 + sin(2*pi*y)**2)", "value"): (
        "_k0 = array(9.42477796076938)\n"
        "_k1 = array(1.0)\n"
        "_k2 = array(6.283185307179586)\n"
        "def f(x, y):\n"
        "    _c0 = _k0\n"
        "    _p0 = sin((_c0*x))\n"
        "    _p1 = _p0*_p0\n"
        "    _p2 = (x - _k1)\n"
        "    _p3 = _p2*_p2\n"
        "    _p4 = sin((_c0*y))\n"
        "    _p5 = _p4*_p4\n"
        "    _p6 = (y - _k1)\n"
        "    _p7 = _p6*_p6\n"
        "    _p8 = sin((_k2*y))\n"
        "    _p9 = _p8*_p8\n"
        "    return ((_p1 + (_p3*(_p5 + _k1)) + (_p7*(_p9 + _k1))),)\n"
    ),
    ("sin(3*pi*x)**2 + (x - 1)**2*(1 + sin(3*pi*y)**2) + (y - 1)**2*(1 + sin(2*pi*y)**2)", "float_value"): (
        "def f(x, y):\n"
        "    _c0 = 9.42477796076938\n"
        "    _p0 = float(sin((_c0*x)))\n"
        "    _p1 = _p0*_p0\n"
        "    _p2 = (x - 1.0)\n"
        "    _p3 = _p2*_p2\n"
        "    _p4 = float(sin((_c0*y)))\n"
        "    _p5 = _p4*_p4\n"
        "    _p6 = (y - 1.0)\n"
        "    _p7 = _p6*_p6\n"
        "    _p8 = float(sin((6.283185307179586*y)))\n"
        "    _p9 = _p8*_p8\n"
        "    return (_p1 + (_p3*(_p5 + 1.0)) + (_p7*(_p9 + 1.0)))\n"
    ),
    ("sin(3*pi*x)**2 + (x - 1)**2*(1 + sin(3*pi*y)**2) + (y - 1)**2*(1 + sin(2*pi*y)**2)", "gradient"): (
        "_k0 = array(9.42477796076938)\n"
        "_k1 = array(1.0)\n"
        "_k2 = array(18.84955592153876)\n"
        "_k3 = array(6.283185307179586)\n"
        "_k4 = array(2.0)\n"
        "_k5 = array(12.566370614359172)\n"
        "def f(x, y):\n"
        "    _c0 = _k0\n"
        "    _c1 = (_c0*y)\n"
        "    _c2 = sin(_c1)\n"
        "    _c3 = (x - _k1)\n"
        "    _c4 = (_c0*x)\n"
        "    _c5 = _k2\n"
        "    _c6 = (_k3*y)\n"
        "    _c7 = sin(_c6)\n"
        "    _c8 = (y - _k1)\n"
        "    _p0 = _c2*_c2\n"
        "    _p1 = _c7*_c7\n"
        "    _p2 = _c3*_c3\n"
        "    _p3 = _c8*_c8\n"
        "    return (((_k4*_c3*(_p0 + _k1)) + (_c5*cos(_c4)*sin(_c4))), ((_k4*_c8*(_p1 + _k1)) + (_c2*_c5*_p2*cos(_c1)) + (_k5*_c7*_p3*cos(_c6))),)\n"
    ),
    ("sin(3*pi*x)**2 + (x - 1)**2*(1 + sin(3*pi*y)**2) + (y - 1)**2*(1 + sin(2*pi*y)**2)", "float_gradient"): (
        "def f(x, y):\n"
        "    _c0 = 9.42477796076938\n"
        "    _c1 = (_c0*y)\n"
        "    _c2 = float(sin(_c1))\n"
        "    _c3 = (x - 1.0)\n"
        "    _c4 = (_c0*x)\n"
        "    _c5 = 18.84955592153876\n"
        "    _c6 = (6.283185307179586*y)\n"
        "    _c7 = float(sin(_c6))\n"
        "    _c8 = (y - 1.0)\n"
        "    _p0 = _c2*_c2\n"
        "    _p1 = _c7*_c7\n"
        "    _p2 = _c3*_c3\n"
        "    _p3 = _c8*_c8\n"
        "    return (((2.0*_c3*(_p0 + 1.0)) + (_c5*float(cos(_c4))*float(sin(_c4)))), ((2.0*_c8*(_p1 + 1.0)) + (_c2*_c5*_p2*float(cos(_c1))) + (12.566370614359172*_c7*_p3*float(cos(_c6)))),)\n"
    ),
    ("sin(3*pi*x)**2 + (x - 1)**2*(1 + sin(3*pi*y)**2) + (y - 1)**2*(1 + sin(2*pi*y)**2)", "hessian"): (
        "_k0 = array(9.42477796076938)\n"
        "_k1 = array(9.869604401089358)\n"
        "_k2 = array(18.0)\n"
        "_k3 = array(1.0)\n"
        "_k4 = array(6.283185307179586)\n"
        "_k5 = array(8.0)\n"
        "_k6 = array(2.0)\n"
        "_k7 = array(37.69911184307752)\n"
        "_k8 = array(50.26548245743669)\n"
        "def f(x, y):\n"
        "    _c0 = _k0\n"
        "    _c1 = (_c0*y)\n"
        "    _c2 = sin(_c1)\n"
        "    _p0 = _c2*_c2\n"
        "    _c3 = _p0\n"
        "    _c4 = (_c0*x)\n"
        "    _c5 = _k1\n"
        "    _c6 = (_k2*_c5)\n"
        "    _c7 = (x - _k3)\n"
        "    _c8 = cos(_c1)\n"
        "    _c9 = (_k4*y)\n"
        "    _c10 = sin(_c9)\n"
        "    _p1 = _c10*_c10\n"
        "    _c11 = _p1\n"
        "    _p2 = _c7*_c7\n"
        "    _c12 = (_c6*_p2)\n"
        "    _c13 = (y - _k3)\n"
        "    _p3 = _c13*_c13\n"
        "    _c14 = (_k5*_c5*_p3)\n"
        "    _c15 = cos(_c9)\n"
        "    _p4 = cos(_c4)\n"
        "    _p5 = _p4*_p4\n"
        "    _p6 = sin(_c4)\n"
        "    _p7 = _p6*_p6\n"
        "    _p8 = _c8*_c8\n"
        "    _p9 = _c15*_c15\n"
        "    return (((_k6*(_c3 + _k3)) + (_c6*_p5) - (_c6*_p7)), (_k7*_c2*_c7*_c8), ((_k6*(_c11 + _k3)) + (_c12*_p8) + (_c14*_p9) + (_k8*_c10*_c13*_c15) - (_c11*_c14) - (_c12*_c3)),)\n"
    ),
    ("(x**2 + y**2)/4000 - cos(x)*cos(y/sqrt(2)) + 1", "value"): (
        "_k0 = array(0.00025)\n"
        "_k1 = array(1.0)\n"
        "_k2 = array(0.7071067811865476)\n"
        "def f(x, y):\n"
        "    _p0 = x*x\n"
        "    _p1 = y*y\n"
        "    return (((_k0*(_p0 + _p1)) + _k1 - (cos(x)*cos((_k2*y)))),)\n"
    ),
    ("(x**2 + y**2)/4000 - cos(x)*cos(y/sqrt(2)) + 1", "float_value"): (
        "def f(x, y):\n"
        "    _p0 = x*x\n"
        "    _p1 = y*y\n"
        "    return ((0.00025*(_p0 + _p1)) + 1.0 - (float(cos(x))*float(cos((0.7071067811865476*y)))))\n"
    ),
    ("(x**2 + y**2)/4000 - cos(x)*cos(y/sqrt(2)) + 1", "gradient"): (
        "_k0 = array(0.7071067811865476)\n"
        "_k1 = array(0.0005)\n"
        "def f(x, y):\n"
        "    _c0 = _k0\n"
        "    _c1 = (_c0*y)\n"
        "    return (((_k1*x) + (cos(_c1)*sin(x))), ((_k1*y) + (_c0*cos(x)*sin(_c1))),)\n"
    ),
    ("(x**2 + y**2)/4000 - cos(x)*cos(y/sqrt(2)) + 1", "float_gradient"): (
        "def f(x, y):\n"
        "    _c0 = 0.7071067811865476\n"
        "    _c1 = (_c0*y)\n"
        "    return (((0.0005*x) + (float(cos(_c1))*float(sin(x)))), ((0.0005*y) + (_c0*float(cos(x))*float(sin(_c1)))),)\n"
    ),
    ("(x**2 + y**2)/4000 - cos(x)*cos(y/sqrt(2)) + 1", "hessian"): (
        "_k0 = array(0.7071067811865476)\n"
        "_k1 = array(0.0005)\n"
        "_k2 = array(0.5)\n"
        "def f(x, y):\n"
        "    _c0 = _k0\n"
        "    _c1 = (_c0*y)\n"
        "    _c2 = (cos(_c1)*cos(x))\n"
        "    return ((_c2 + _k1), (-_c0*sin(_c1)*sin(x)), ((_k2*_c2) + _k1),)\n"
    ),
    ("-cos(x)*cos(y)*exp(-(x - pi)**2 - (y - pi)**2)", "value"): (
        "_k0 = array(-3.141592653589793)\n"
        "def f(x, y):\n"
        "    _c0 = _k0\n"
        "    _p0 = (_c0 + x)\n"
        "    _p1 = _p0*_p0\n"
        "    _p2 = (_c0 + y)\n"
        "    _p3 = _p2*_p2\n"
        "    return ((-cos(x)*cos(y)*exp(((-_p1) - _p3))),)\n"
    ),
    ("-cos(x)*cos(y)*exp(-(x - pi)**2 - (y - pi)**2)", "float_value"): (
        "def f(x, y):\n"
        "    _c0 = -3.141592653589793\n"
        "    _p0 = (_c0 + x)\n"
        "    _p1 = _p0*_p0\n"
        "    _p2 = (_c0 + y)\n"
        "    _p3 = _p2*_p2\n"
        "    return (-float(cos(x))*float(cos(y))*float(exp(((-_p1) - _p3))))\n"
    ),
    ("-cos(x)*cos(y)*exp(-(x - pi)**2 - (y - pi)**2)", "gradient"): (
        "_k0 = array(-3.141592653589793)\n"
        "_k1 = array(2.0)\n"
        "def f(x, y):\n"
        "    _c0 = _k0\n"
        "    _c1 = (_c0 + x)\n"
        "    _c2 = (_c0 + y)\n"
        "    _p0 = _c1*_c1\n"
        "    _p1 = _c2*_c2\n"
        "    _c3 = exp(((-_p0) - _p1))\n"
        "    _c4 = (_c3*cos(y))\n"
        "    _c5 = cos(x)\n"
        "    _c6 = (_k1*_c4*_c5)\n"
        "    return (((_c1*_c6) + (_c4*sin(x))), ((_c2*_c6) + (_c3*_c5*sin(y))),)\n"
    ),
    ("-cos(x)*cos(y)*exp(-(x - pi)**2 - (y - pi)**2)", "float_gradient"): (
        "def f(x, y):\n"
        "    _c0 = -3.141592653589793\n"
        "    _c1 = (_c0 + x)\n"
        "    _c2 = (_c0 + y)\n"
        "    _p0 = _c1*_c1\n"
        "    _p1 = _c2*_c2\n"
        "    _c3 = float(exp(((-_p0) - _p1)))\n"
        "    _c4 = (_c3*float(cos(y)))\n"
        "    _c5 = float(cos(x))\n"
        "    _c6 = (2.0*_c4*_c5)\n"
        "    return (((_c1*_c6) + (_c4*float(sin(x)))), ((_c2*_c6) + (_c3*_c5*float(sin(y)))),)\n"
    ),
    ("-cos(x)*cos(y)*exp(-(x - pi)**2 - (y - pi)**2)", "hessian"): (
        "_k0 = array(-3.141592653589793)\n"
        "_k1 = array(-3.0)\n"
        "_k2 = array(4.0)\n"
        "_k3 = array(2.0)\n"
        "def f(x, y):\n"
        "    _c0 = cos(x)\n"
        "    _c1 = cos(y)\n"
        "    _c2 = _k0\n"
        "    _c3 = (_c2 + x)\n"
        "    _p0 = _c3*_c3\n"
        "    _c4 = _p0\n"
        "    _c5 = (_c2 + y)\n"
        "    _p1 = _c5*_c5\n"
        "    _c6 = _p1\n"
        "    _c7 = exp(((-_c4) - _c6))\n"
        "    _c8 = (_k1*_c0*_c1*_c7)\n"
        "    _c9 = (_c0*_c7)\n"
        "    _c10 = (_k2*_c1*_c9)\n"
        "    _c11 = (_c7*sin(x))\n"
        "    _c12 = (_c1*_c11)\n"
        "    _c13 = sin(y)\n"
        "    _c14 = (_c13*_c9)\n"
        "    return (((-_c8) - (_c10*_c4) - (_k2*_c12*_c3)), ((-_c11*_c13) - (_k3*_c12*_c5) - (_k3*_c14*_c3) - (_c10*_c3*_c5)), ((-_c8) - (_c10*_c6) - (_k2*_c14*_c5)),)\n"
    ),
    ("(y - 5.1/(4*pi**2)*x**2 + 5/pi*x - 6)**2 + 10*(1 - 1/(8*pi))*cos(x) + 10", "value"): (
        "_k0 = array(0.3183098861837907)\n"
        "_k1 = array(5.0)\n"
        "_k2 = array(0.12918450914398066)\n"
        "_k3 = array(6.0)\n"
        "_k4 = array(10.0)\n"
        "_k5 = array(1.25)\n"
        "def f(x, y):\n"
        "    _c0 = _k0\n"
        "    _p0 = x*x\n"
        "    _p1 = (y + (_k1*_c0*x) - (_k2*_p0) - _k3)\n"
        "    _p2 = _p1*_p1\n"
        "    return ((_p2 + ((_k4 - (_k5*_c0))*cos(x)) + _k4),)\n"
    ),
    ("(y - 5.1/(4*pi**2)*x**2 + 5/pi*x - 6)**2 + 10*(1 - 1/(8*pi))*cos(x) + 10", "float_value"): (
        "def f(x, y):\n"
        "    _c0 = 0.3183098861837907\n"
        "    _p0 = x*x\n"
        "    _p1 = (y + (5.0*_c0*x) - (0.12918450914398066*_p0) - 6.0)\n"
        "    _p2 = _p1*_p1\n"
        "    return (_p2 + ((10.0 - (1.25*_c0))*float(cos(x))) + 10.0)\n"
    ),
    ("(y - 5.1/(4*pi**2)*x**2 + 5/pi*x - 6)**2 + 10*(1 - 1/(8*pi))*cos(x) + 10", "gradient"): (
        "_k0 = array(0.3183098861837907)\n"
        "_k1 = array(5.0)\n"
        "_k2 = array(0.10132118364233778)\n"
        "_k3 = array(1.275)\n"
        "_k4 = array(6.0)\n"
        "_k5 = array(2.0)\n"
        "_k6 = array(2.55)\n"
        "_k7 = array(1.0)\n"
        "_k8 = array(0.125)\n"
        "_k9 = array(10.0)\n"
        "def f(x, y):\n"
        "    _c0 = _k0\n"
        "    _c1 = (_k1*_c0)\n"
        "    _c2 = _k2\n"
        "    _p0 = x*x\n"
        "    _c3 = (_k5*(y + (_c1*x) - (_k3*_c2*_p0) - _k4))\n"
        "    return (((_c3*(_c1 - (_k6*_c2*x))) - (_k9*(_k7 - (_k8*_c0))*sin(x))), _c3,)\n"
    ),
    ("(y - 5.1/(4*pi**2)*x**2 + 5/pi*x - 6)**2 + 10*(1 - 1/(8*pi))*cos(x) + 10", "float_gradient"): (
        "def f(x, y):\n"
        "    _c0 = 0.3183098861837907\n"
        "    _c1 = (5.0*_c0)\n"
        "    _c2 = 0.10132118364233778\n"
        "    _p0 = x*x\n"
        "    _c3 = (2.0*(y + (_c1*x) - (1.275*_c2*_p0) - 6.0))\n"
        "    return (((_c3*(_c1 - (2.55*_c2*x))) - (10.0*(1.0 - (0.125*_c0))*float(sin(x)))), _c3,)\n"
    ),
    ("(y - 5.1/(4*pi**2)*x**2 + 5/pi*x - 6)**2 + 10*(1 - 1/(8*pi))*cos(x) + 10", "hessian"): (
        "_k0 = array(0.3183098861837907)\n"
        "_k1 = array(5.0)\n"
        "_k2 = array(0.10132118364233778)\n"
        "_k3 = array(2.55)\n"
        "_k4 = array(2.0)\n"
        "_k5 = array(1.0)\n"
        "_k6 = array(0.125)\n"
        "_k7 = array(10.0)\n"
        "_k8 = array(1.275)\n"
        "_k9 = array(6.0)\n"
        "_k10 = array(5.1)\n"
        "def f(x, y):\n"
        "    _c0 = _k0\n"
        "    _c1 = (_k1*_c0)\n"
        "    _c2 = _k2\n"
        "    _c3 = (_c1 - (_k3*_c2*x))\n"
        "    _p0 = _c3*_c3\n"
        "    _p1 = x*x\n"
        "    return (((_k4*_p0) - (_k7*(_k5 - (_k6*_c0))*cos(x)) - (_k10*_c2*(y + (_c1*x) - (_k8*_c2*_p1) - _k9))), (_k4*_c3), _k4,)\n"
    ),
    ("x**2 + 2*y**2 - 0.3*cos(3*pi*x) - 0.4*cos(4*pi*y) + 0.7", "value"): (
        "_k0 = array(2.0)\n"
        "_k1 = array(0.7)\n"
        "_k2 = array(9.42477796076938)\n"
        "_k3 = array(0.3)\n"
        "_k4 = array(12.566370614359172)\n"
        "_k5 = array(0.4)\n"
        "def f(x, y):\n"
        "    _p0 = x*x\n"
        "    _p1 = y*y\n"
        "    return ((_p0 + (_k0*_p1) + _k1 - (_k3*cos((_k2*x))) - (_k5*cos((_k4*y)))),)\n"
    ),
    ("x**2 + 2*y**2 - 0.3*cos(3*pi*x) - 0.4*cos(4*pi*y) + 0.7", "float_value"): (
        "def f(x, y):\n"
        "    _p0 = x*x\n"
        "    _p1 = y*y\n"
        "    return (_p0 + (2.0*_p1) + 0.7 - (0.3*float(cos((9.42477796076938*x)))) - (0.4*float(cos((12.566370614359172*y)))))\n"
    ),
    ("x**2 + 2*y**2 - 0.3*cos(3*pi*x) - 0.4*cos(4*pi*y) + 0.7", "gradient"): (
        "_k0 = array(4.0)\n"
        "_k1 = array(2.0)\n"
        "_k2 = array(9.42477796076938)\n"
        "_k3 = array(2.827433388230814)\n"
        "_k4 = array(3.141592653589793)\n"
        "_k5 = array(5.026548245743669)\n"
        "def f(x, y):\n"
        "    _c0 = (_k0*y)\n"
        "    return (((_k1*x) + (_k3*sin((_k2*x)))), (_c0 + (_k5*sin((_k4*_c0)))),)\n"
    ),
    ("x**2 + 2*y**2 - 0.3*cos(3*pi*x) - 0.4*cos(4*pi*y) + 0.7", "float_gradient"): (
        "def f(x, y):\n"
        "    _c0 = (4.0*y)\n"
        "    return (((2.0*x) + (2.827433388230814*float(sin((9.42477796076938*x))))), (_c0 + (5.026548245743669*float(sin((3.141592653589793*_c0))))),)\n"
    ),
    ("x**2 + 2*y**2 - 0.3*cos(3*pi*x) - 0.4*cos(4*pi*y) + 0.7", "hessian"): (
        "_k0 = array(9.869604401089358)\n"
        "_k1 = array(9.42477796076938)\n"
        "_k2 = array(2.7)\n"
        "_k3 = array(2.0)\n"
        "_k4 = array(0.0)\n"
        "_k5 = array(12.566370614359172)\n"
        "_k6 = array(6.4)\n"
        "_k7 = array(4.0)\n"
        "def f(x, y):\n"
        "    _c0 = _k0\n"
        "    return (((_k2*_c0*cos((_k1*x))) + _k3), _k4, ((_k6*_c0*cos((_k5*y))) + _k7),)\n"
    ),
    ("x**2 - y**2", "value"): ("def f(x, y):\n    _p0 = x*x\n    _p1 = y*y\n    return ((_p0 - _p1),)\n"),
    ("x**2 - y**2", "float_value"): ("def f(x, y):\n    _p0 = x*x\n    _p1 = y*y\n    return (_p0 - _p1)\n"),
    ("x**2 - y**2", "gradient"): (
        "_k0 = array(2.0)\n_k1 = array(-2.0)\ndef f(x, y):\n    return ((_k0*x), (_k1*y),)\n"
    ),
    ("x**2 - y**2", "float_gradient"): ("def f(x, y):\n    return ((2.0*x), (-2.0*y),)\n"),
    ("x**2 - y**2", "hessian"): (
        "_k0 = array(2.0)\n_k1 = array(0.0)\n_k2 = array(-2.0)\ndef f(x, y):\n    return (_k0, _k1, _k2,)\n"
    ),
    ("x**3 - 3*x*y**2", "value"): (
        "_k0 = array(3.0)\ndef f(x, y):\n    _p0 = x*x*x\n    _p1 = y*y\n    return ((_p0 - (_k0*x*_p1)),)\n"
    ),
    ("x**3 - 3*x*y**2", "float_value"): (
        "def f(x, y):\n    _p0 = x*x*x\n    _p1 = y*y\n    return (_p0 - (3.0*x*_p1))\n"
    ),
    ("x**3 - 3*x*y**2", "gradient"): (
        "_k0 = array(3.0)\n"
        "_k1 = array(-6.0)\n"
        "def f(x, y):\n"
        "    _p0 = x*x\n"
        "    _p1 = y*y\n"
        "    return (((_k0*_p0) - (_k0*_p1)), (_k1*x*y),)\n"
    ),
    ("x**3 - 3*x*y**2", "float_gradient"): (
        "def f(x, y):\n    _p0 = x*x\n    _p1 = y*y\n    return (((3.0*_p0) - (3.0*_p1)), (-6.0*x*y),)\n"
    ),
    ("x**3 - 3*x*y**2", "hessian"): (
        "_k0 = array(6.0)\n_k1 = array(-6.0)\ndef f(x, y):\n    _c0 = (_k0*x)\n    return (_c0, (_k1*y), (-_c0),)\n"
    ),
    ("3*x**4 - 9*x**2 - 4.5*x + 6*y**2", "value"): (
        "_k0 = array(3.0)\n"
        "_k1 = array(6.0)\n"
        "_k2 = array(9.0)\n"
        "_k3 = array(4.5)\n"
        "def f(x, y):\n"
        "    _p0 = x*x\n"
        "    _p1 = _p0*_p0\n"
        "    _p2 = y*y\n"
        "    return (((_k0*_p1) + (_k1*_p2) - (_k2*_p0) - (_k3*x)),)\n"
    ),
    ("3*x**4 - 9*x**2 - 4.5*x + 6*y**2", "float_value"): (
        "def f(x, y):\n"
        "    _p0 = x*x\n"
        "    _p1 = _p0*_p0\n"
        "    _p2 = y*y\n"
        "    return ((3.0*_p1) + (6.0*_p2) - (9.0*_p0) - (4.5*x))\n"
    ),
    ("3*x**4 - 9*x**2 - 4.5*x + 6*y**2", "gradient"): (
        "_k0 = array(12.0)\n"
        "_k1 = array(18.0)\n"
        "_k2 = array(4.5)\n"
        "def f(x, y):\n"
        "    _p0 = x*x*x\n"
        "    return (((_k0*_p0) - (_k1*x) - _k2), (_k0*y),)\n"
    ),
    ("3*x**4 - 9*x**2 - 4.5*x + 6*y**2", "float_gradient"): (
        "def f(x, y):\n    _p0 = x*x*x\n    return (((12.0*_p0) - (18.0*x) - 4.5), (12.0*y),)\n"
    ),
    ("3*x**4 - 9*x**2 - 4.5*x + 6*y**2", "hessian"): (
        "_k0 = array(36.0)\n"
        "_k1 = array(18.0)\n"
        "_k2 = array(0.0)\n"
        "_k3 = array(12.0)\n"
        "def f(x, y):\n"
        "    _p0 = x*x\n"
        "    return (((_k0*_p0) - _k1), _k2, _k3,)\n"
    ),
    ("1 - exp(-(x**2 + y**2)/2) + (x**2 + y**2)/10000", "value"): (
        "_k0 = array(0.0001)\n"
        "_k1 = array(1.0)\n"
        "_k2 = array(-0.5)\n"
        "def f(x, y):\n"
        "    _p0 = x*x\n"
        "    _p1 = y*y\n"
        "    _c0 = (_p0 + _p1)\n"
        "    return (((_k0*_c0) + _k1 - exp((_k2*_c0))),)\n"
    ),
    ("1 - exp(-(x**2 + y**2)/2) + (x**2 + y**2)/10000", "float_value"): (
        "def f(x, y):\n"
        "    _p0 = x*x\n"
        "    _p1 = y*y\n"
        "    _c0 = (_p0 + _p1)\n"
        "    return ((0.0001*_c0) + 1.0 - float(exp((-0.5*_c0))))\n"
    ),
    ("1 - exp(-(x**2 + y**2)/2) + (x**2 + y**2)/10000", "gradient"): (
        "_k0 = array(-0.5)\n"
        "_k1 = array(0.0002)\n"
        "def f(x, y):\n"
        "    _p0 = x*x\n"
        "    _p1 = y*y\n"
        "    _c0 = exp((_k0*(_p0 + _p1)))\n"
        "    return (((_k1*x) + (_c0*x)), ((_k1*y) + (_c0*y)),)\n"
    ),
    ("1 - exp(-(x**2 + y**2)/2) + (x**2 + y**2)/10000", "float_gradient"): (
        "def f(x, y):\n"
        "    _p0 = x*x\n"
        "    _p1 = y*y\n"
        "    _c0 = float(exp((-0.5*(_p0 + _p1))))\n"
        "    return (((0.0002*x) + (_c0*x)), ((0.0002*y) + (_c0*y)),)\n"
    ),
    ("1 - exp(-(x**2 + y**2)/2) + (x**2 + y**2)/10000", "hessian"): (
        "_k0 = array(-0.5)\n"
        "_k1 = array(0.0002)\n"
        "def f(x, y):\n"
        "    _p0 = x*x\n"
        "    _c0 = _p0\n"
        "    _p1 = y*y\n"
        "    _c1 = _p1\n"
        "    _c2 = exp((_k0*(_c0 + _c1)))\n"
        "    _c3 = (_c2 + _k1)\n"
        "    return ((_c3 - (_c0*_c2)), (-_c2*x*y), (_c3 - (_c1*_c2)),)\n"
    ),
    ("x**2", "value"): ("def f(x):\n    _p0 = x*x\n    return (_p0,)\n"),
    ("x**2", "float_value"): ("def f(x):\n    _p0 = x*x\n    return _p0\n"),
    ("x**2", "gradient"): ("_k0 = array(2.0)\ndef f(x):\n    return ((_k0*x),)\n"),
    ("x**2", "float_gradient"): ("def f(x):\n    return ((2.0*x),)\n"),
    ("x**2", "hessian"): ("_k0 = array(2.0)\ndef f(x):\n    return (_k0,)\n"),
    ("3*x", "value"): ("_k0 = array(3.0)\ndef f(x):\n    return ((_k0*x),)\n"),
    ("3*x", "float_value"): ("def f(x):\n    return (3.0*x)\n"),
    ("3*x", "gradient"): ("_k0 = array(3.0)\ndef f(x):\n    return (_k0,)\n"),
    ("3*x", "float_gradient"): ("def f(x):\n    return (3.0,)\n"),
    ("3*x", "hessian"): ("_k0 = array(0.0)\ndef f(x):\n    return (_k0,)\n"),
    ("x**4 - 4*x**2 + x", "value"): (
        "_k0 = array(4.0)\ndef f(x):\n    _p0 = x*x\n    _p1 = _p0*_p0\n    return ((x + _p1 - (_k0*_p0)),)\n"
    ),
    ("x**4 - 4*x**2 + x", "float_value"): (
        "def f(x):\n    _p0 = x*x\n    _p1 = _p0*_p0\n    return (x + _p1 - (4.0*_p0))\n"
    ),
    ("x**4 - 4*x**2 + x", "gradient"): (
        "_k0 = array(4.0)\n"
        "_k1 = array(1.0)\n"
        "_k2 = array(8.0)\n"
        "def f(x):\n"
        "    _p0 = x*x*x\n"
        "    return (((_k0*_p0) + _k1 - (_k2*x)),)\n"
    ),
    ("x**4 - 4*x**2 + x", "float_gradient"): (
        "def f(x):\n    _p0 = x*x*x\n    return (((4.0*_p0) + 1.0 - (8.0*x)),)\n"
    ),
    ("x**4 - 4*x**2 + x", "hessian"): (
        "_k0 = array(12.0)\n_k1 = array(8.0)\ndef f(x):\n    _p0 = x*x\n    return (((_k0*_p0) - _k1),)\n"
    ),
    ("x**2 + 10*sin(x)", "value"): (
        "_k0 = array(10.0)\ndef f(x):\n    _p0 = x*x\n    return ((_p0 + (_k0*sin(x))),)\n"
    ),
    ("x**2 + 10*sin(x)", "float_value"): ("def f(x):\n    _p0 = x*x\n    return (_p0 + (10.0*float(sin(x))))\n"),
    ("x**2 + 10*sin(x)", "gradient"): (
        "_k0 = array(2.0)\n_k1 = array(10.0)\ndef f(x):\n    return (((_k0*x) + (_k1*cos(x))),)\n"
    ),
    ("x**2 + 10*sin(x)", "float_gradient"): ("def f(x):\n    return (((2.0*x) + (10.0*float(cos(x)))),)\n"),
    ("x**2 + 10*sin(x)", "hessian"): (
        "_k0 = array(2.0)\n_k1 = array(10.0)\ndef f(x):\n    return ((_k0 - (_k1*sin(x))),)\n"
    ),
    ("x**4", "value"): ("def f(x):\n    _p0 = x*x\n    _p1 = _p0*_p0\n    return (_p1,)\n"),
    ("x**4", "float_value"): ("def f(x):\n    _p0 = x*x\n    _p1 = _p0*_p0\n    return _p1\n"),
    ("x**4", "gradient"): ("_k0 = array(4.0)\ndef f(x):\n    _p0 = x*x*x\n    return ((_k0*_p0),)\n"),
    ("x**4", "float_gradient"): ("def f(x):\n    _p0 = x*x*x\n    return ((4.0*_p0),)\n"),
    ("x**4", "hessian"): ("_k0 = array(12.0)\ndef f(x):\n    _p0 = x*x\n    return ((_k0*_p0),)\n"),
    ("abs(x)", "value"): ("def f(x):\n    return (absolute(x),)\n"),
    ("abs(x)", "float_value"): ("def f(x):\n    return float(absolute(x))\n"),
    ("abs(x)", "gradient"): ("def f(x):\n    return (sign(x),)\n"),
    ("abs(x)", "float_gradient"): ("def f(x):\n    return (float(sign(x)),)\n"),
    ("abs(x)", "hessian"): ("_k0 = array(0.0)\ndef f(x):\n    return (_k0,)\n"),
    ("cos(x)", "value"): ("def f(x):\n    return (cos(x),)\n"),
    ("cos(x)", "float_value"): ("def f(x):\n    return float(cos(x))\n"),
    ("cos(x)", "gradient"): ("def f(x):\n    return ((-sin(x)),)\n"),
    ("cos(x)", "float_gradient"): ("def f(x):\n    return ((-float(sin(x))),)\n"),
    ("cos(x)", "hessian"): ("def f(x):\n    return ((-cos(x)),)\n"),
    ("log(1 + exp(-x))", "value"): ("_k0 = array(1.0)\ndef f(x):\n    return (log((exp((-x)) + _k0)),)\n"),
    ("log(1 + exp(-x))", "float_value"): (
        "def f(x):\n    _r0 = float(log((float(exp((-x))) + 1.0)))\n    return _r0 if isfinite(_r0) else careful(x)\n"
    ),
    ("log(1 + exp(-x))", "gradient"): (
        "_k0 = array(1.0)\ndef f(x):\n    _c0 = exp((-x))\n    _p0 = (_c0 + _k0)\n    return ((-_c0/_p0),)\n"
    ),
    ("log(1 + exp(-x))", "float_gradient"): (
        "def f(x):\n"
        "    _c0 = float(exp((-x)))\n"
        "    _p0 = (_c0 + 1.0)\n"
        "    _r0 = (-_c0/_p0)\n"
        "    return (_r0,) if isfinite(_r0) else careful(x)\n"
    ),
    ("log(1 + exp(-x))", "hessian"): (
        "_k0 = array(1.0)\n"
        "def f(x):\n"
        "    _c0 = exp((-x))\n"
        "    _c1 = (_c0 + _k0)\n"
        "    _p0 = _c0*_c0\n"
        "    _p1 = _c1*_c1\n"
        "    return (((_c0/_c1) - (_p0/_p1)),)\n"
    ),
}
