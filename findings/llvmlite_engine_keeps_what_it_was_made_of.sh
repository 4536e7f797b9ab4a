#!/usr/bin/env bash
# llvmlite 0.50.0: an MCJIT engine that compiled a module keeps far more than the machine code, and taking the
# module out again with remove_module() and close() gives almost nothing of that back.
#
# A program that compiles a small function for each formula holds many engines. One that was handed the module as text
# keeps most of a megabyte. The same code, emitted by the target machine as an object file and handed to an
# engine that has an empty module, costs a small part of that, and takes no longer to make.
#
# Output seen (what malloc had handed out, for 40 engines with one function of 400 additions each):
#   0.50.0
#   module in the engine: 891 KB an engine
#   module taken out again and closed: 790 KB
#   object file in the engine: 74 KB
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet 'llvmlite==0.50.0'
cat > "$folder/engines.py" <<'PYTHON'
import ctypes
import gc

import llvmlite
from llvmlite import binding

binding.initialize_native_target()
binding.initialize_native_asmprinter()
lines = "".join(f"%t{k + 1} = fadd <16 x double> %t{k}, %a\n" for k in range(400))
TEXT = f"""
define void @f(ptr %p) {{
%a = load <16 x double>, ptr %p
%t0 = fadd <16 x double> %a, %a
{lines}
store <16 x double> %t400, ptr %p
ret void
}}
"""
target = binding.Target.from_default_triple()


class Mallinfo(ctypes.Structure):
    _fields_ = [(f"n{k}", ctypes.c_size_t) for k in range(10)]


libc = ctypes.CDLL("libc.so.6")
libc.mallinfo2.restype = Mallinfo


def used():
    gc.collect()
    info = libc.mallinfo2()
    return info.n4 + info.n7


def with_module(take_out=False):
    module = binding.parse_assembly(TEXT)
    engine = binding.create_mcjit_compiler(module, target.create_target_machine(opt=2))
    engine.finalize_object()
    assert engine.get_function_address("f")
    if take_out:
        engine.remove_module(module)
        module.close()
    return engine


def with_object():
    code = target.create_target_machine(opt=2).emit_object(binding.parse_assembly(TEXT))
    engine = binding.create_mcjit_compiler(binding.parse_assembly(""), target.create_target_machine(opt=2))
    engine.add_object_file(binding.ObjectFileRef.from_data(code))
    engine.finalize_object()
    assert engine.get_function_address("f")
    return engine


def cost(make, count=40):
    warm = make()
    before = used()
    engines = [make() for _ in range(count)]
    each = (used() - before) / count / 1000
    del engines, warm
    return each


kept, closed, small = cost(with_module), cost(lambda: with_module(take_out=True)), cost(with_object)
print(llvmlite.__version__)
print(f"module in the engine: {kept:.0f} KB an engine")
print(f"module taken out again and closed: {closed:.0f} KB")
print(f"object file in the engine: {small:.0f} KB")
assert llvmlite.__version__ == "0.50.0"
assert closed > 0.8 * kept
assert small < 0.2 * kept
PYTHON
"$folder/venv/bin/python" "$folder/engines.py"
