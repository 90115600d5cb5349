  # One decoder layer, forward and backward, over a row of documents that never see each other.
  #
  #   n1 = rms_norm(x),  q, k, v = n1 Wq', n1 Wk', n1 Wv',  q, k = rope(q), rope(k)
  #   o = attention(q, k, v) by document,   h = x + o Wo'
  #   n2 = rms_norm(h),  y = h + (silu(n2 Wgate') * (n2 Wup')) Wdown'
  #
  # The forward pass keeps x, q, k, v, o, h, gate and up; the norms and the activation are cheap and computed again.
  # T tokens, H hidden, N query heads, K key/value heads, D head_dim.

  # LlamaRMSNorm (Zhang and Sennrich 2019): x / sqrt(mean(x^2) + eps) * weight, in fp32.
  def rms_norm(self: __torch__.Kernels, x: Tensor, weight: Tensor, eps: float) -> Tensor:
    return (x * torch.rsqrt(x.square().mean([-1], True).add_(eps))).mul_(weight)

  # With u = x r and r = 1 / sqrt(mean(x^2) + eps):  dx = r (g w - u mean(g w u)),  dw = sum(g u).
  def rms_norm_backward(self: __torch__.Kernels, g: Tensor, x: Tensor, weight: Tensor, eps: float, g_weight: Tensor) -> Tensor:
    r = torch.rsqrt(x.square().mean([-1], True).add_(eps))
    u = x * r
    if g_weight.numel() > 0:
      g_weight.add_((g * u).sum([0]))
    gw = g * weight
    return gw.sub_(u.mul_((gw * u).mean([-1], True))).mul_(r)

  # Half rotation (Su et al. 2021 as Hugging Face lays it out): x [T, heads, D], cos and sin [T, 1, D].
  # Its transpose is the rotation by the opposite angle.
  def rope(self: __torch__.Kernels, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    a, b = x.chunk(2, -1)
    return (x * cos).addcmul_(torch.cat([-b, a], -1), sin)

  # Views of a document's queries [K, N/K, L, D] and keys or values, stretched to the query heads without a copy.
  def query_heads(self: __torch__.Kernels, q: Tensor, kv_heads: int) -> Tensor:
    return q.view([q.size(0), kv_heads, q.size(1) // kv_heads, q.size(2)]).permute([1, 2, 0, 3])

  def kv_heads(self: __torch__.Kernels, k: Tensor, groups: int) -> Tensor:
    return k.unsqueeze(2).expand([-1, -1, groups, -1]).permute([1, 2, 0, 3])

  # Causal attention inside each document; document d is tokens starts[d] to starts[d + 1]. q [T, N, D]; k, v [T, K, D].
  # Returns o [T, N, D] and the log-sum-exp of the scores [N, T]. In fp32 also where products run in bfloat16: on two
  # cores no slower, and the bfloat16 kernel keeps code for every document length it meets, without end.
  def attention(self: __torch__.Kernels, q: Tensor, k: Tensor, v: Tensor, starts: List[int]) -> Tuple[Tensor, Tensor]:
    tokens, heads, kv = q.size(0), q.size(1), k.size(1)
    o = torch.empty_like(q)
    lse = torch.empty([heads, tokens])
    for d in range(len(starts) - 1):
      s, e = starts[d], starts[d + 1]
      od, ld = torch._scaled_dot_product_flash_attention_for_cpu(self.query_heads(q[s:e], kv),
          self.kv_heads(k[s:e], heads // kv), self.kv_heads(v[s:e], heads // kv), 0., True)
      self.query_heads(o[s:e], kv).copy_(od)
      lse[:, s:e].view([kv, heads // kv, e - s]).copy_(ld)
    return o, lse

  def attention_backward(self: __torch__.Kernels, g: Tensor, q: Tensor, k: Tensor, v: Tensor, o: Tensor, lse: Tensor,
      starts: List[int]) -> Tuple[Tensor, Tensor, Tensor]:
    heads, kv = q.size(1), k.size(1)
    gq, gk, gv = torch.empty_like(q), torch.empty_like(k), torch.empty_like(v)
    for d in range(len(starts) - 1):
      s, e = starts[d], starts[d + 1]
      gqd, gkd, gvd = torch._scaled_dot_product_flash_attention_for_cpu_backward(self.query_heads(g[s:e], kv),
          self.query_heads(q[s:e], kv), self.kv_heads(k[s:e], heads // kv), self.kv_heads(v[s:e], heads // kv),
          self.query_heads(o[s:e], kv), lse[:, s:e].contiguous().view([kv, heads // kv, e - s]), 0., True)
      self.query_heads(gq[s:e], kv).copy_(gqd)
      gk[s:e].transpose(0, 1).copy_(gkd.sum([1]))
      gv[s:e].transpose(0, 1).copy_(gvd.sum([1]))
    return gq, gk, gv

  # Returns y, then q, k, v, o, lse, h, gate, up, then seven each of what `project` keeps: x A', z, c.
  def layer_forward(self: __torch__.Kernels, x: Tensor, cos: Tensor, sin: Tensor, starts: List[int], norm: List[Tensor],
      w: List[Tensor], bias: List[Tensor], lora_a: List[Tensor], lora_b: List[Tensor], magnitude: List[Tensor],
      scale: List[float], dropout: float, seeds: List[int], head_dim: int, eps: float) -> List[Tensor]:
    tokens = x.size(0)
    n1 = self.rms_norm(x, norm[0], eps)
    q, xa0, z0, c0 = self.project(n1, 0, w, bias, lora_a, lora_b, magnitude, scale, dropout, seeds)
    k, xa1, z1, c1 = self.project(n1, 1, w, bias, lora_a, lora_b, magnitude, scale, dropout, seeds)
    v, xa2, z2, c2 = self.project(n1, 2, w, bias, lora_a, lora_b, magnitude, scale, dropout, seeds)
    q = self.rope(q.view([tokens, -1, head_dim]), cos, sin).type_as(w[0])
    k = self.rope(k.view([tokens, -1, head_dim]), cos, sin).type_as(w[0])
    v = v.view([tokens, -1, head_dim]).type_as(w[0])
    o, lse = self.attention(q.to(6), k.to(6), v.to(6), starts)
    h, xa3, z3, c3 = self.project(o.view([tokens, -1]), 3, w, bias, lora_a, lora_b, magnitude, scale, dropout, seeds)
    h.add_(x)
    n2 = self.rms_norm(h, norm[1], eps)
    gate, xa4, z4, c4 = self.project(n2, 4, w, bias, lora_a, lora_b, magnitude, scale, dropout, seeds)
    up, xa5, z5, c5 = self.project(n2, 5, w, bias, lora_a, lora_b, magnitude, scale, dropout, seeds)
    y, xa6, z6, c6 = self.project(torch.silu(gate).mul_(up), 6, w, bias, lora_a, lora_b, magnitude, scale, dropout, seeds)
    y.add_(h)
    return [y, q, k, v, o.type_as(w[0]), lse, h, gate.type_as(w[0]), up.type_as(w[0]), xa0, xa1, xa2, xa3, xa4, xa5, xa6,
        z0, z1, z2, z3, z4, z5, z6, c0, c1, c2, c3, c4, c5, c6]

  # saved is what layer_forward returned after y. Adds the parameter gradients to g_*; returns dL/dx, or an empty
  # tensor when need_input is false.
  def layer_backward(self: __torch__.Kernels, g: Tensor, x: Tensor, saved: List[Tensor], cos: Tensor, sin: Tensor,
      starts: List[int], norm: List[Tensor], w: List[Tensor], lora_a: List[Tensor], lora_b: List[Tensor], scale: List[float],
      dropout: float, seeds: List[int], eps: float, need_input: bool, g_norm: List[Tensor], g_w: List[Tensor],
      g_bias: List[Tensor], g_a: List[Tensor], g_b: List[Tensor], g_m: List[Tensor]) -> Tensor:
    tokens = x.size(0)
    none = torch.empty([0])
    q, k, v, o, lse, h = saved[0].to(6), saved[1].to(6), saved[2].to(6), saved[3].to(6), saved[4], saved[5]
    gate, up = saved[6].to(6), saved[7].to(6)
    xa, z, c = saved[8:15], saved[15:22], saved[22:29]

    activated = torch.silu(gate)
    ga = self.project_backward(g, activated * up, none, True, xa[6], z[6], c[6], 6, w, lora_a, lora_b, scale, dropout, seeds,
        g_w, g_bias, g_a, g_b, g_m)
    g_gate = torch.silu_backward(ga * up, gate)
    n2 = self.rms_norm(h, norm[1], eps)
    gn = self.project_backward(g_gate, n2, none, True, xa[4], z[4], c[4], 4, w, lora_a, lora_b, scale, dropout, seeds,
        g_w, g_bias, g_a, g_b, g_m)
    gn = self.project_backward(ga.mul_(activated), n2, gn, True, xa[5], z[5], c[5], 5, w, lora_a, lora_b, scale, dropout,
        seeds, g_w, g_bias, g_a, g_b, g_m)
    gh = self.rms_norm_backward(gn, h, norm[1], eps, g_norm[1]).add_(g)

    go = self.project_backward(gh, o.view([tokens, -1]), none, True, xa[3], z[3], c[3], 3, w, lora_a, lora_b, scale,
        dropout, seeds, g_w, g_bias, g_a, g_b, g_m)
    gq, gk, gv = self.attention_backward(go.view(q.size()), q, k, v, o, lse, starts)
    gq = self.rope(gq, cos, -sin).view([tokens, -1])
    gk = self.rope(gk, cos, -sin).view([tokens, -1])
    n1 = self.rms_norm(x, norm[0], eps)
    gn = self.project_backward(gq, n1, none, need_input or g_norm[0].numel() > 0, xa[0], z[0], c[0], 0, w, lora_a, lora_b, scale, dropout,
        seeds, g_w, g_bias, g_a, g_b, g_m)
    gn = self.project_backward(gk, n1, gn, need_input or g_norm[0].numel() > 0, xa[1], z[1], c[1], 1, w, lora_a, lora_b, scale, dropout,
        seeds, g_w, g_bias, g_a, g_b, g_m)
    gn = self.project_backward(gv.view([tokens, -1]), n1, gn, need_input or g_norm[0].numel() > 0, xa[2], z[2], c[2], 2, w, lora_a, lora_b,
        scale, dropout, seeds, g_w, g_bias, g_a, g_b, g_m)
    if need_input or g_norm[0].numel() > 0:
      gx = self.rms_norm_backward(gn, x, norm[0], eps, g_norm[0])
      if need_input:
        return gx.add_(gh)
    return none
