  # A projection y = x W' + b, alone or with an adapter, and its gradients.
  #
  # x, y and all gradients are fp32; products run in the dtype of W. Absent tensors (no bias, no adapter, frozen) are
  # empty. The seven projections of a layer lie in lists in the order q, k, v, o, gate, up, down.
  #
  #   LoRA   y = x W' + s (d(x) A') B' + b                        d = dropout, A [r, in], B [out, r]
  #   DoRA   y = x W' - d(x) W' + c z + b,  z = d(x) W' + s (d(x) A') B',  c = m / |W + s B A| by row, held constant
  #          (without dropout x W' - d(x) W' is zero and left out)

  def accumulate(self: __torch__.Kernels, into: Tensor, a: Tensor, b: Tensor, alpha: float) -> int:
    if into.dtype == a.dtype:
      into.addmm_(a, b, beta=1, alpha=alpha)
    else:
      into.add_(torch.mm(a, b), alpha=alpha)
    return 0

  # The mask of inverted dropout, drawn from a seed alone so that the backward pass draws it again.
  def dropout_mask(self: __torch__.Kernels, x: Tensor, p: float, seed: int) -> Tensor:
    generator = torch.Generator(device=None, seed=seed)
    keep = torch.empty_like(x).uniform_(0., 1., generator=generator)
    return torch.ge(keep, p).to(6).mul_(1. / (1. - p))

  # Row norms of W + s B A, the denominator of DoRA.
  def dora_norm(self: __torch__.Kernels, w: Tensor, a: Tensor, b: Tensor, s: float) -> Tensor:
    return torch.linalg_vector_norm(torch.addmm(w.to(6), b.to(6), a.to(6), beta=1, alpha=s), 2, [1], False)

  # Returns y, then what the backward pass wants: x A' in W's dtype, z and c; empty where there is none.
  def project(self: __torch__.Kernels, x: Tensor, i: int, w: List[Tensor], bias: List[Tensor], lora_a: List[Tensor],
      lora_b: List[Tensor], magnitude: List[Tensor], scale: List[float], dropout: float, seeds: List[int]) -> Tuple[Tensor, Tensor, Tensor, Tensor]:
    none = torch.empty([0])
    xa, z, c = none, none, none
    xp = x.type_as(w[i])
    y = torch.linear(xp, w[i])
    if lora_a[i].numel() > 0:
      a, b = lora_a[i].type_as(w[i]), lora_b[i].type_as(w[i])
      xd = xp
      if dropout > 0.:
        xd = (x * self.dropout_mask(x, dropout, seeds[i])).type_as(w[i])
      xa = torch.linear(xd, a)
      if magnitude[i].numel() > 0:
        c = magnitude[i] / self.dora_norm(w[i], lora_a[i], lora_b[i], scale[i])
        z = y
        rest = none
        if dropout > 0.:
          z = torch.linear(xd, w[i])
          rest = y - z
        z = torch.addmm(z, xa, b.t(), beta=1, alpha=scale[i]).to(6)
        y = z * c
        if dropout > 0.:
          y = y + rest
      else:
        y.addmm_(xa, b.t(), beta=1, alpha=scale[i])
    y = y.to(6)
    if bias[i].numel() > 0:
      y.add_(bias[i])
    return y, xa, z, c

  # Adds this projection's parameter gradients to their buffers and returns gx + dL/dx; gx may be empty for zero. With
  # need_input false the gradient of x is not wanted, and gx comes back as it is.
  def project_backward(self: __torch__.Kernels, g: Tensor, x: Tensor, gx: Tensor, need_input: bool, xa: Tensor, z: Tensor,
      c: Tensor, i: int, w: List[Tensor], lora_a: List[Tensor], lora_b: List[Tensor], scale: List[float], dropout: float,
      seeds: List[int], g_w: List[Tensor], g_bias: List[Tensor], g_a: List[Tensor], g_b: List[Tensor], g_m: List[Tensor]) -> Tensor:
    if g_bias[i].numel() > 0:
      g_bias[i].add_(g.sum([0]))
    lora = lora_a[i].numel() > 0
    dora = c.numel() > 0
    gp = g.type_as(w[i])
    gz = gp
    if dora:
      if g_m[i].numel() > 0:
        g_m[i].add_((g * z).sum([0]) / self.dora_norm(w[i], lora_a[i], lora_b[i], scale[i]))
      gz = (g * c).type_as(w[i])
    if g_w[i].numel() > 0:
      self.accumulate(g_w[i], gp.t(), x.type_as(w[i]), 1.)
    base = gz
    if dora and dropout > 0.:
      base = gp
    if need_input:
      if gx.numel() == 0:
        gx = torch.mm(base, w[i]).to(6)
      else:
        self.accumulate(gx, base, w[i], 1.)
    if lora:
      a, b = lora_a[i].type_as(w[i]), lora_b[i].type_as(w[i])
      t = torch.mm(gz, b).mul_(scale[i])
      if g_b[i].numel() > 0:
        self.accumulate(g_b[i], gz.t(), xa, scale[i])
      if dropout > 0.:
        mask = self.dropout_mask(x, dropout, seeds[i])
        if g_a[i].numel() > 0:
          self.accumulate(g_a[i], t.t(), (x * mask).type_as(w[i]), 1.)
        if need_input:
          gd = torch.mm(t, a).to(6)
          if dora:
            gd = gd + torch.mm(gz - gp, w[i]).to(6)
          gx.add_(gd * mask)
      else:
        if g_a[i].numel() > 0:
          self.accumulate(g_a[i], t.t(), x.type_as(w[i]), 1.)
        if need_input:
          self.accumulate(gx, t, a, 1.)
    return gx
