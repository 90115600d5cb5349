  # The decoder for generation: tokens of several sequences, each continuing its own slot of a cache of keys and values.
  # No dropout, and nothing is kept for a backward pass.
  #
  # What a sequence gets does not depend, to the last bit, on what runs beside it: a product treats its rows alike
  # whatever their number (see decode_linear and packed.py); attention looks at each sequence alone, over a length that
  # its own position decides; and functions of single elements that round otherwise at the end of a thread's part than
  # within it (exp, fused multiply and add) run on one thread or not at all.
  #
  # T rows, of which the first R are tokens and the rest fill up; S slots of C positions. A layer's keys and values are
  # [S, C, K, D] each. N query heads, K key/value heads, D head_dim.

  def decode_embed(self: __torch__.Kernels, ids: List[int], table: Tensor) -> Tensor:
    return self.embed(torch.tensor(ids), table)

  # x W' of rows in blocks of a fixed most: with more, a library may add up in another order.
  def decode_linear(self: __torch__.Kernels, x: Tensor, w: Tensor) -> Tensor:
    block = 128
    if w.dtype == 6:
      block = 32
    if x.size(0) <= block:
      return torch.linear(x, w)
    return torch.cat([torch.linear(x[r:r + block], w) for r in range(0, x.size(0), block)])

  # y = x W' + s (x A') B' + b; by DoRA x W' + s (x A') B' is multiplied by dora = m / |W + s B A|.
  def decode_project(self: __torch__.Kernels, x: Tensor, i: int, w: List[Tensor], bias: List[Tensor], lora_a: List[Tensor],
      lora_b: List[Tensor], dora: List[Tensor], scale: List[float]) -> Tensor:
    xp = x.type_as(w[i])
    y = self.decode_linear(xp, w[i])
    if lora_a[i].numel() > 0:
      xa = self.decode_linear(xp, lora_a[i].type_as(w[i]))
      y.add_(self.decode_linear(xa, lora_b[i].type_as(w[i])).mul_(scale[i]))
    y = y.to(6)
    if dora[i].numel() > 0:
      y.mul_(dora[i])
    if bias[i].numel() > 0:
      y.add_(bias[i])
    return y

  # One of the four products of a layer: 0 q, k and v beside each other, 1 o, 2 gate and up beside each other, 3 down.
  # Packed weights hold these four a layer; else there are seven a layer.
  def decode_product(self: __torch__.Kernels, x: Tensor, layer: int, product: int, packed: List[Tensor], w: List[Tensor],
      bias: List[Tensor], lora_a: List[Tensor], lora_b: List[Tensor], dora: List[Tensor], scale: List[float]) -> Tensor:
    if len(packed) > 0:
      i = 4 * layer + product
      y = self.packed_linear(x, packed[i], w[i])
      if bias[i].numel() > 0:
        y.add_(bias[i])
      return y
    first, count = [0, 3, 4, 6][product], [3, 1, 2, 1][product]
    if count == 1:
      return self.decode_project(x, 7 * layer + first, w, bias, lora_a, lora_b, dora, scale)
    return torch.cat([self.decode_project(x, 7 * layer + first + i, w, bias, lora_a, lora_b, dora, scale) for i in range(count)], 1)

  # rope of layer.py without fused multiply and add.
  def decode_rope(self: __torch__.Kernels, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    a, b = x.chunk(2, -1)
    return (x * cos).add_(torch.cat([-b, a], -1).mul_(sin))

  # silu(gate) * up, in blocks of rows so small (32768 elements, ATen's grain) that each is left to one thread.
  def decode_activation(self: __torch__.Kernels, gate_up: Tensor) -> Tensor:
    gate, up = gate_up.chunk(2, 1)
    block = max(1, 32768 // gate.size(1))
    for row in range(0, gate.size(0), block):
      torch.silu_(gate[row:row + block])
    return gate * up

  # Attention runs over spans of five numbers: first row, first slot, sequences n in slots that follow each other, rows t
  # of each, and the length of keys and values to look at. Positions behind a row's own are masked: [n, 1, t or G t, length]
  # for the G query heads of a key/value head, one after another.
  def decode_masks(self: __torch__.Kernels, spans: List[int], positions: Tensor, groups: int) -> List[Tensor]:
    masks = annotate(List[Tensor], [])
    for s in range(0, len(spans), 5):
      row, n, t, length = spans[s], spans[s + 2], spans[s + 3], spans[s + 4]
      own = positions[row:row + n * t].view([n, 1, t, 1])
      mask = torch.zeros([n, 1, t, length]).masked_fill_(torch.arange(length).gt(own), -1e+38)
      if t > 1:
        mask = mask.repeat([1, 1, groups, 1])
      masks.append(mask)
    return masks

  def decode_attention(self: __torch__.Kernels, q: Tensor, k_cache: Tensor, v_cache: Tensor, spans: List[int],
      masks: List[Tensor], o: Tensor) -> int:
    heads, kv, head_dim = q.size(1), k_cache.size(2), q.size(2)
    groups = heads // kv
    for i in range(len(masks)):
      row, slot, n, t, length = spans[5 * i], spans[5 * i + 1], spans[5 * i + 2], spans[5 * i + 3], spans[5 * i + 4]
      rows = q[row:row + n * t].reshape([n, t, kv, groups, head_dim]).permute([0, 2, 3, 1, 4]).reshape([n, kv, groups * t, head_dim])
      k = k_cache[slot:slot + n, :length].transpose(1, 2)
      v = v_cache[slot:slot + n, :length].transpose(1, 2)
      seen = torch._scaled_dot_product_flash_attention_for_cpu(rows, k, v, 0., False, attn_mask=masks[i])[0]
      o[row:row + n * t].view([n, t, kv, groups, head_dim]).copy_(
          seen.reshape([n, kv, groups, t, head_dim]).permute([0, 3, 1, 2, 4]))
    return 0

  # Layers over x [T, H]. The lists hold two norms a layer, products as decode_product says, and one cache a layer.
  # positions [R] are those of the tokens, at [R] the same in a cache of all slots in a row.
  def decode_layers(self: __torch__.Kernels, x: Tensor, cos: Tensor, sin: Tensor, spans: List[int], positions: Tensor,
      at: Tensor, k_caches: List[Tensor], v_caches: List[Tensor], norm: List[Tensor], packed: List[Tensor], w: List[Tensor],
      bias: List[Tensor], lora_a: List[Tensor], lora_b: List[Tensor], dora: List[Tensor], scale: List[float],
      heads: int, eps: float) -> Tensor:
    tokens, real = x.size(0), at.size(0)
    kv, head_dim = k_caches[0].size(2), k_caches[0].size(3)
    masks = [mask.type_as(k_caches[0]) for mask in self.decode_masks(spans, positions, heads // kv)]
    for layer in range(len(norm) // 2):
      n1 = self.rms_norm(x, norm[2 * layer], eps)
      qkv = self.decode_product(n1, layer, 0, packed, w, bias, lora_a, lora_b, dora, scale).view([tokens, -1, head_dim])
      qk = self.decode_rope(qkv[:, :heads + kv], cos, sin)
      k_caches[layer].view([-1, kv, head_dim]).index_copy_(0, at, qk[:real, heads:].type_as(k_caches[layer]))
      v_caches[layer].view([-1, kv, head_dim]).index_copy_(0, at, qkv[:real, heads + kv:].type_as(v_caches[layer]))
      q = qk[:, :heads].type_as(k_caches[layer])
      o = torch.zeros([tokens, heads, head_dim])
      self.decode_attention(q, k_caches[layer], v_caches[layer], spans, masks, o)
      h = self.decode_product(o.view([tokens, -1]), layer, 1, packed, w, bias, lora_a, lora_b, dora, scale).add_(x)
      n2 = self.rms_norm(h, norm[2 * layer + 1], eps)
      gate_up = self.decode_product(n2, layer, 2, packed, w, bias, lora_a, lora_b, dora, scale)
      x = self.decode_product(self.decode_activation(gate_up), layer, 3, packed, w, bias, lora_a, lora_b, dora, scale).add_(h)
    return x

  # Logits in fp32 of some rows: [rows, V]. The head is packed, or stored in a dtype of its own.
  def decode_logits(self: __torch__.Kernels, x: Tensor, rows: List[int], norm: Tensor, packed: List[Tensor], w: Tensor,
      dtype: int, eps: float) -> Tensor:
    n = self.rms_norm(x.index_select(0, torch.tensor(rows)), norm, eps)
    if len(packed) > 0:
      return self.packed_linear(n, packed[0], w)
    return torch.cat([self.logits(n[r:r + 32], w, dtype) for r in range(0, n.size(0), 32)])

  # Keys and values of positions begin to end of some slots, written over those of others.
  def decode_copy(self: __torch__.Kernels, k_caches: List[Tensor], v_caches: List[Tensor], sources: List[int], targets: List[int],
      begin: int, end: int) -> int:
    for cache in k_caches + v_caches:
      for i in range(len(sources)):
        cache[targets[i], begin:end].copy_(cache[sources[i], begin:end])
    return 0

  # Zeros where nothing was written yet: masked positions must hold numbers, too.
  def decode_clean(self: __torch__.Kernels, k_caches: List[Tensor], v_caches: List[Tensor], slot: int, begin: int, end: int) -> int:
    for cache in k_caches + v_caches:
      cache[slot, begin:end].zero_()
    return 0

  # ---- the next token, from scores [R, V]; places are row * V + id

  def decode_log_softmax(self: __torch__.Kernels, scores: Tensor) -> Tensor:
    return torch.log_softmax(scores, -1)

  def decode_penalise(self: __torch__.Kernels, scores: Tensor, places: Tensor, penalty: float) -> int:
    flat = scores.view([-1])
    s = flat.index_select(0, places)
    flat.index_copy_(0, places, torch.where(s < 0, s * penalty, s / penalty))
    return 0

  def decode_forbid(self: __torch__.Kernels, scores: Tensor, places: Tensor) -> int:
    scores.view([-1]).index_fill_(0, places, -float("inf"))
    return 0

  # The highest score of each row, the first of equal ones: its value and its id.
  def decode_best(self: __torch__.Kernels, scores: Tensor) -> List[Tensor]:
    value, id = torch.max(scores, 1)
    return [value, id]

  # Beams of B rows that follow each other: the k highest of B V sums of a row's score so far and the token's, falling.
  def decode_beams(self: __torch__.Kernels, scores: Tensor, so_far: Tensor, beams: int, k: int) -> List[Tensor]:
    value, place = torch.topk((scores + so_far.unsqueeze(1)).view([-1, beams * scores.size(1)]), k)
    return [value, place]
