"""Makes the weight files beside this script, which tests/checkpoint_files.rs and tests/checkpoint_damage.rs read.

    python make.py        needs torch 2.11, safetensors and numpy

Element i of the tensor with seed s is ((7 i + 5 s) mod 23 - 11) / 8, counted in the row-major order of the
tensor as it is used; the test computes the same numbers. They are exact in every floating-point type.
Files in the older format hold memory addresses as keys, and network.safetensors has its metadata in any order:
these differ from run to run, all others do not.
The files named evil_* would run a shell command if Python loaded them: never give them to torch.load.
"""

import os
import pathlib
import zipfile
from collections import OrderedDict

import safetensors.torch
import torch

HERE = pathlib.Path(__file__).parent
LEGACY = {"_use_new_zipfile_serialization": False}


def tensor(seed, *shape, dtype=torch.float32):
    numel = torch.Size(shape).numel()
    values = ((7 * torch.arange(numel) + 5 * seed) % 23 - 11) / 8
    return values.to(dtype).reshape(shape)


class Net(torch.nn.Module):
    """A convolution with batch norm, and a linear layer."""

    def __init__(self):
        super().__init__()
        self.embed = torch.nn.Sequential(OrderedDict(conv=torch.nn.Conv2d(2, 3, 2, bias=False), bn=torch.nn.BatchNorm2d(3)))
        self.head = torch.nn.Linear(3, 2)


def network(dtype=torch.float32):
    """The state dict of a module, with the attribute `_metadata` that PyTorch gives it."""
    net = Net()
    weights = {
        "embed.conv.weight": tensor(1, 3, 2, 2, 2, dtype=dtype),
        "embed.bn.weight": tensor(2, 3, dtype=dtype),
        "embed.bn.bias": tensor(3, 3, dtype=dtype),
        "embed.bn.running_mean": tensor(4, 3, dtype=dtype),
        "embed.bn.running_var": tensor(5, 3, dtype=dtype),
        "embed.bn.num_batches_tracked": torch.tensor(1234),
        "head.weight": tensor(6, 2, 3, dtype=dtype),
        "head.bias": tensor(7, 2, dtype=dtype),
    }
    net.to(dtype).load_state_dict(weights)
    return net.state_dict()


def prefixed(prefix, weights):
    return OrderedDict((prefix + name, value) for name, value in weights.items())


def sized(weights):
    """The weights with batch-norm statistics of a second input size."""
    return OrderedDict(weights, **{"embed.bn.running_mean@64x48": tensor(8, 3), "embed.bn.running_var@64x48": tensor(9, 3)})


def training_checkpoint(weights):
    net = Net()
    optimizer = torch.optim.Adam(net.parameters())
    for parameter in net.parameters():
        parameter.grad = torch.zeros_like(parameter)
    optimizer.step()
    return {
        "meta": {"epoch": 210, "config": "lr = 0.01\n", "classes": ("person",), "best": [0.5, None, True, -3, 1 << 40]},
        "optimizer": optimizer.state_dict(),
        "state_dict": weights,
    }


def views():
    block = tensor(1, 4, 6)
    image = tensor(2, 2, 3, 2, 2)
    strided = torch.zeros(2, 6)
    strided[:, ::2] = tensor(3, 2, 3)
    offset = torch.cat([torch.full((5,), 9.0), tensor(4, 3)])
    return {
        "whole": block,
        "transposed.a": block.T.contiguous().T,
        "channels_last.a": image.contiguous(memory_format=torch.channels_last),
        "every_second.a": strided[:, ::2],
        "second_row.a": block[1],
        "inner.a": block[1:3, 2:4],
        "expanded.a": tensor(5, 3, 1).expand(3, 4),
        "offset.a": offset[5:],
        "scalar.a": tensor(6),
        "empty.a": torch.empty(0, 3),
        "tied.a": block,
    }


class Evil:
    """Its pickle is a call of os.system."""

    def __reduce__(self):
        return os.system, ("touch executed-by-pickle",)


def rewritten(source, target, method=zipfile.ZIP_STORED, replace=None):
    """A copy of a zip file with other compression or other records; a record replaced by None is left out."""
    replace = replace or {}
    with zipfile.ZipFile(HERE / source) as old, zipfile.ZipFile(HERE / target, "w", method) as new:
        for record in old.infolist():
            short = record.filename.split("/", 1)[1]
            data = replace.get(short, old.read(record))
            if data is not None:
                new.writestr(zipfile.ZipInfo(record.filename), data, method)


def torch_files():
    save = lambda value, name, **options: torch.save(value, HERE / name, **options)
    weights = network()
    save(weights, "zip.pth")
    save(dict(weights), "zip_dict.pth")
    save(weights, "zip_protocol_4.pth", pickle_protocol=4)
    save(weights, "zip_protocol_5.pth", pickle_protocol=5)
    save(training_checkpoint(prefixed("module.", weights)), "zip_training.pth")
    save({"model": {"state_dict": prefixed("module.backbone.", weights)}}, "zip_wrapped.pth")
    save({"n_averaged": torch.tensor(3), **prefixed("module.", weights)}, "zip_averaged.pth")
    save(sized(weights), "sized.pth")
    save(weights, "legacy.pth", **LEGACY)
    save(weights, "legacy_protocol_4.pth", pickle_protocol=4, **LEGACY)
    save(training_checkpoint(prefixed("module.", weights)), "legacy_training.pth", **LEGACY)
    for name, dtype in [("half", torch.float16), ("bfloat16", torch.bfloat16), ("double", torch.float64)]:
        save(network(dtype), f"{name}.pth")
    save(network(torch.float16), "half_legacy.pth", **LEGACY)
    save(views(), "views.pth")
    save(views(), "views_legacy.pth", **LEGACY)
    parameters = {name: torch.nn.Parameter(tensor(seed, 2, 3)) for seed, name in enumerate(["first", "second"])}
    save({"model": parameters, "input": torch.Size([3, 32, 24])}, "parameters.pth")
    save(parameters, "parameters_legacy.pth", **LEGACY)


def refused_torch_files():
    save = lambda value, name, **options: torch.save(value, HERE / name, **options)
    weights = network()
    save({"state_dict": weights, "extra": Evil()}, "evil_zip.pth")
    save({"state_dict": weights, "extra": Evil()}, "evil_legacy.pth", **LEGACY)
    save(Net(), "whole_module.pth")
    save({"state_dict": weights, "loss": tensor(1, 2).numpy()}, "numpy_array.pth")
    save([tensor(1, 2)], "list.pth")
    save({"epoch": 3, "optimizer": {}}, "no_tensors.pth")
    save({"steps": torch.tensor(3)}, "integers.pth")
    save({"weight": torch.ones(1).expand(1 << 20, 1 << 20)}, "unfolding.pth")
    save({"weight": torch.ones(1, dtype=torch.complex64)}, "complex.pth")
    broken = tensor(1, 2, 3)
    broken[0, 1], broken[1, 0], broken[1, 2] = float("nan"), float("inf"), float("nan")
    save({"good": tensor(1, 2), "broken": broken}, "not_finite.pth")
    save({"weight": torch.tensor([1.0, 1e300], dtype=torch.float64)}, "beyond_float32.pth")
    rewritten("zip.pth", "deflated.pth", zipfile.ZIP_DEFLATED)
    rewritten("zip.pth", "big_endian.pth", replace={"byteorder": b"big"})
    rewritten("zip.pth", "missing_record.pth", replace={"data/1": None})
    rewritten("zip.pth", "short_record.pth", replace={"data/1": b"\0" * 4})
    rewritten("zip.pth", "no_pickle.pth", replace={"data.pkl": None})


def safetensors_files():
    save = lambda tensors, name, **options: safetensors.torch.save_file(tensors, HERE / name, **options)
    save(dict(network()), "network.safetensors", metadata={"variant": "tiny", "note": "λ = 0.5"})
    save(dict(prefixed("module.", network())), "prefixed.safetensors")
    mixed = {
        f"a.{name}": tensor(seed, 2, 3, dtype=getattr(torch, name))
        for seed, name in enumerate(["float64", "float32", "float16", "bfloat16"])
    }
    save({**mixed, "a.int64": torch.arange(3), "a.bool": torch.tensor([True])}, "mixed.safetensors")
    save({"weight": torch.tensor([1.0, float("nan")])}, "not_finite.safetensors")
    save({"weight": torch.ones(2, dtype=torch.float8_e4m3fn)}, "float8.safetensors")
    save({"steps": torch.arange(3)}, "integers.safetensors")


if __name__ == "__main__":
    torch.manual_seed(0)
    torch_files()
    refused_torch_files()
    safetensors_files()
