  # The decoder for generation: tokens of several sequences, each continuing its own cache of keys and values. No
  # dropout, and nothing is kept for a backward pass.
  #
  # T tokens of S sequences; sequence s has the rows starts[s] to starts[s + 1], at positions past[s] and on. A cache is
  # [capacity, K, D]. N query heads, K key/value heads, D head_dim.

  def decode_embed(self: __torch__.Kernels, ids: List[int], table: Tensor) -> Tensor:
    return self.embed(torch.tensor(ids), table)

  # y = x W' + s (x A') B' + b; by DoRA x W' + s (x A') B' is multiplied by dora = m / |W + s B A|.
  def decode_project(self: __torch__.Kernels, x: Tensor, i: int, w: List[Tensor], bias: List[Tensor], lora_a: List[Tensor],
      lora_b: List[Tensor], dora: List[Tensor], scale: List[float]) -> Tensor:
    xp = x.type_as(w[i])
    y = torch.linear(xp, w[i])
    if lora_a[i].numel() > 0:
      xa = torch.linear(xp, lora_a[i].type_as(w[i]))
      y.addmm_(xa, lora_b[i].type_as(w[i]).t(), beta=1, alpha=scale[i])
    y = y.to(6)
    if dora[i].numel() > 0:
      y.mul_(dora[i])
    if bias[i].numel() > 0:
      y.add_(bias[i])
    return y

  # Attention of the newest tokens q [T, N, D] to all of one sequence, k and v [past + T, K, D]: [T, N, D].
  def decode_attention(self: __torch__.Kernels, q: Tensor, k: Tensor, v: Tensor, past: int) -> Tensor:
    tokens, heads, head_dim, kv = q.size(0), q.size(1), q.size(2), k.size(1)
    if tokens == 1:
      scores = torch.bmm(q.view([kv, heads // kv, head_dim]), k.permute([1, 2, 0])).to(6).mul_(head_dim ** -0.5)
      return torch.bmm(torch.softmax(scores, -1).type_as(v), v.transpose(0, 1)).view([1, heads, head_dim])
    if past == 0:
      return self.attention(q, k, v, [0, tokens])[0]
    hidden = torch.ones([tokens, past + tokens], dtype=11).triu_(past + 1)
    mask = torch.zeros([tokens, past + tokens]).masked_fill_(hidden, -1e+38).type_as(q)
    o = torch._scaled_dot_product_flash_attention_for_cpu(self.query_heads(q, kv), self.kv_heads(k, heads // kv),
        self.kv_heads(v, heads // kv), 0., False, attn_mask=mask)[0]
    return o.permute([2, 0, 1, 3]).reshape([tokens, heads, head_dim])

  # Layers over x [T, H]. The lists hold two norms and seven projections a layer, and S caches a layer.
  def decode_layers(self: __torch__.Kernels, x: Tensor, cos: Tensor, sin: Tensor, starts: List[int], past: List[int],
      k_caches: List[Tensor], v_caches: List[Tensor], norm: List[Tensor], w: List[Tensor], bias: List[Tensor],
      lora_a: List[Tensor], lora_b: List[Tensor], dora: List[Tensor], scale: List[float], head_dim: int, eps: float) -> Tensor:
    tokens, sequences = x.size(0), len(past)
    for layer in range(len(norm) // 2):
      p = 7 * layer
      n1 = self.rms_norm(x, norm[2 * layer], eps)
      q = self.decode_project(n1, p, w, bias, lora_a, lora_b, dora, scale).view([tokens, -1, head_dim])
      k = self.decode_project(n1, p + 1, w, bias, lora_a, lora_b, dora, scale).view([tokens, -1, head_dim])
      v = self.decode_project(n1, p + 2, w, bias, lora_a, lora_b, dora, scale).view([tokens, -1, head_dim])
      q = self.rope(q, cos, sin).type_as(w[p])
      k = self.rope(k, cos, sin)
      o = torch.empty_like(q)
      for s in range(sequences):
        b, e = starts[s], starts[s + 1]
        end = past[s] + e - b
        k_cache, v_cache = k_caches[sequences * layer + s], v_caches[sequences * layer + s]
        k_cache[past[s]:end].copy_(k[b:e])
        v_cache[past[s]:end].copy_(v[b:e])
        o[b:e].copy_(self.decode_attention(q[b:e], k_cache[:end], v_cache[:end], past[s]))
      h = self.decode_project(o.view([tokens, -1]).to(6), p + 3, w, bias, lora_a, lora_b, dora, scale).add_(x)
      n2 = self.rms_norm(h, norm[2 * layer + 1], eps)
      gate = self.decode_project(n2, p + 4, w, bias, lora_a, lora_b, dora, scale)
      up = self.decode_project(n2, p + 5, w, bias, lora_a, lora_b, dora, scale)
      x = self.decode_project(torch.silu_(gate).mul_(up), p + 6, w, bias, lora_a, lora_b, dora, scale).add_(h)
    return x

  # Logits in fp32 of the last token of each sequence: [S, V].
  def decode_logits(self: __torch__.Kernels, x: Tensor, starts: List[int], norm: Tensor, w: Tensor, dtype: int, eps: float) -> Tensor:
    last = torch.cat([x[end - 1:end] for end in starts[1:]])
    return self.logits(self.rms_norm(last, norm, eps), w, dtype)
