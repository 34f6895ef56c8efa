#!/usr/bin/env python3
"""Makes the calm.* files of tests/golden with the independent PyTorch implementation beside this script.

    python3 make.py WEIGHTS_FOLDER OUTPUT_FOLDER

WEIGHTS_FOLDER holds tiny.weights, tiny_ema.weights and tiny_stride2.weights (safetensors): random numbers in
every tensor. With those weights activations grow from block to block until every softmax is a hard choice, and
rounding alone decides which: this very implementation run in float64 differs from itself in float32 by half of
the largest heatmap value. No two programs can agree on such numbers. So the queries are made smaller and
each batch norm's running statistics are set to those of its actual input, which is what training does too, and
the outputs are computed in float64. float32 then agrees to about 1e-5.
"""
import sys
import torch
from safetensors.torch import load_file, save_file
import network

network.CFG["T"] = ([16, 24, 32], [[1, 2, 1], [1, 2], [2, 1]])
CASES = {  # options of the network, sizes with how many pictures, size whose attention is kept
    "tiny": (dict(), [(64, 48)], None),
    "tiny_ema": (dict(ema=8), [(32, 24), (96, 72)], (32, 24)),
    "tiny_stride2": (dict(stem_stride=2), [(64, 48)], None),
}


def calibrate(net, pictures):
    for module in net.modules():
        if isinstance(module, network.CMSA):
            module.q.weight.data *= 0.25
            module.q.bias.data *= 0.25
    norms = [m for m in net.modules() if isinstance(m, torch.nn.BatchNorm2d)]
    for norm in norms:
        norm.momentum = 1.0
    net.train()
    with torch.no_grad():
        net(pictures)
    net.eval()


def attention_of(module, inputs):
    q, kv = inputs
    b, _, h, w = q.shape
    (wh, ww), (kh, kw), heads = module.win, module.kvwin, module.heads
    cut = lambda x, d, a, c: x.view(b, heads, d, h // wh, a, w // ww, c).permute(0, 3, 5, 1, 4, 6, 2).reshape(b, -1, heads, a * c, d)
    q, k = cut(q, module.kd, wh, ww), cut(kv, module.kd + module.vd, kh, kw)[..., : module.kd]
    return (q @ k.transpose(-2, -1) * module.kd**-0.5 + module.attention_biases[:, module.attention_bias_idxs]).softmax(-1)


def ema_of(m, x):
    b, c, h, w = x.shape
    g = x.reshape(b * m.g, -1, h, w)
    a, bb = m.conv1x1(torch.cat([g.mean(3, keepdim=True), g.mean(2, keepdim=True).transpose(2, 3)], 2)).sigmoid().split([h, w], 2)
    x1, x2 = m.gn(g * a * bb.transpose(2, 3)), m.conv3x3(g)
    p1, p2 = x1.mean((2, 3)).softmax(-1).unsqueeze(1), x2.mean((2, 3)).softmax(-1).unsqueeze(1)
    s = (p1 @ x2.flatten(2) + p2 @ x1.flatten(2)).reshape(b * m.g, 1, h, w).sigmoid()
    return dict(gate_h=a, gate_w=bb, channel_1=p1, channel_2=p2, spatial=s)


def main():
    weights, out = sys.argv[1:]
    for case, (options, sizes, kept) in CASES.items():
        torch.manual_seed(1)
        net = network.CMSAPose("T", **options)
        net.load_state_dict(load_file(f"{weights}/{case}.weights.safetensors"), strict=False)
        calibrate(net, torch.randn(4, 3, *sizes[-1]))
        state = {k: v.contiguous() for k, v in net.state_dict().items() if v.dtype.is_floating_point}
        save_file(state, f"{out}/calm.{case}.weights.safetensors")
        for height, width in sizes:
            pictures = torch.randn(1, 3, height, width)
            numbers, hooks = dict(input=pictures), []
            if (height, width) == kept:
                for name, m in net.named_modules():
                    if isinstance(m, network.WindowAttention):
                        hooks.append(m.register_forward_hook(lambda m, i, o, name=name: numbers.update({f"attention/{name}": attention_of(m, i)})))
                    if isinstance(m, network.EMA):
                        hooks.append(m.register_forward_hook(lambda m, i, o, name=name: numbers.update({f"ema/{name}/{k}": v for k, v in ema_of(m, i[0]).items()})))
            with torch.no_grad():
                rough = net(pictures)
                numbers["heatmaps"] = net.double()(pictures.double())
                net.float()
            for hook in hooks:
                hook.remove()
            print(case, f"{height}x{width}", "largest value", float(rough.abs().max()), "float32 against float64", float((rough - numbers["heatmaps"]).abs().max()))
            save_file({k: v.float().contiguous() for k, v in numbers.items()}, f"{out}/calm.{case}.{height}x{width}.safetensors")


main()
