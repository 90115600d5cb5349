  # Embedding, output head and cross-entropy.

  # Rows of a table as fp32 [T, H].
  def embed(self: __torch__.Kernels, ids: Tensor, table: Tensor) -> Tensor:
    return table.index_select(0, ids).to(6)

  # Hugging Face's embedding takes no gradient at the padding token (torch's padding_idx); padding is -1 without one.
  def embed_backward(self: __torch__.Kernels, g: Tensor, ids: Tensor, padding: int, g_table: Tensor) -> int:
    g_table.index_add_(0, ids, g.masked_fill(ids.eq(padding).unsqueeze(1), 0.))
    return 0

  # NEFTune (Jain et al. 2023): uniform noise in [-1, 1] x alpha / sqrt(L H), L the document's tokens.
  def neftune(self: __torch__.Kernels, x: Tensor, starts: List[int], alpha: float, seed: int) -> int:
    generator = torch.Generator(device=None, seed=seed)
    for d in range(len(starts) - 1):
      part = x[starts[d]:starts[d + 1]]
      part.add_(torch.empty_like(part).uniform_(-1., 1., generator=generator), alpha=alpha / ((part.size(0) * part.size(1)) ** 0.5))
    return 0

  # Blocks of this many vocabulary rows are converted at a time where the head is stored in another dtype than products
  # run in.
  def head_block(self: __torch__.Kernels, w: Tensor, dtype: int) -> int:
    if w.dtype == dtype:
      return w.size(0)
    return 4096

  # n w' in fp32, written to into [rows, V].
  def head_scores(self: __torch__.Kernels, n: Tensor, w: Tensor, into: Tensor) -> int:
    block = self.head_block(w, n.dtype)
    for s in range(0, w.size(0), block):
      part, columns = w[s:s + block].type_as(n), into[:, s:s + block]
      if n.dtype == into.dtype:
        torch.mm(n, part.t(), out=columns)
      else:
        columns.copy_(torch.mm(n, part.t()))
    return 0

  # Logits in fp32 of normalised hidden states [T, H]: [T, V].
  def logits(self: __torch__.Kernels, n: Tensor, w: Tensor, dtype: int) -> Tensor:
    scores = torch.empty([n.size(0), w.size(0)])
    self.head_scores(n.to(dtype), w, scores)
    return scores

  def head_gradient(self: __torch__.Kernels, g: Tensor, w: Tensor, into: Tensor) -> int:
    block = self.head_block(w, g.dtype)
    for s in range(0, w.size(0), block):
      part = torch.mm(g[:, s:s + block], w[s:s + block].type_as(g))
      if s == 0:
        into.copy_(part)
      else:
        into.add_(part)
    return 0

  # Cross-entropy of the chosen rows of x through the final norm and the head, and its gradient, a chunk of rows at a
  # time: a [rows, V] tensor never exists. All chunks share one buffer, in which the scores become the gradient, softmax -
  # onehot. The softmax is divided by its own sum: over the log-softmax its rows add up to 1 only within 1e-6, which the
  # layers below enlarge to 1e-4.
  # Adds to g_norm and g_w where they are not empty. Returns the loss of each row [rows] and, with need_gradient,
  # dL/dx [rows, H] of the loss sum times loss_scale.
  def head_loss(self: __torch__.Kernels, x: Tensor, labels: Tensor, norm: Tensor, w: Tensor, dtype: int, eps: float,
      chunk: int, need_gradient: bool, loss_scale: float, g_norm: Tensor, g_w: Tensor) -> List[Tensor]:
    rows = x.size(0)
    # Reduced products run on rows filled up with zeros to a multiple of 32, of which chunk is one: oneDNN keeps code
    # for every length it meets.
    fill = 1 if dtype == 6 else 32
    filled = (rows + fill - 1) // fill * fill
    n = torch.constant_pad_nd(self.rms_norm(x, norm, eps), [0, 0, 0, filled - rows])
    losses = torch.empty([rows])
    gn = torch.empty_like(n) if need_gradient else torch.empty([0])
    buffer = torch.empty([min(chunk, filled), w.size(0)])
    for s in range(0, rows, chunk):
      e, end = min(s + chunk, rows), min(s + chunk, filled)
      scores = buffer[0:end - s]
      part = n[s:end].to(dtype)
      target = labels[s:e].unsqueeze(1)
      self.head_scores(part, w, scores)
      correct = scores[0:e - s].gather(1, target)
      largest = scores.amax([1], True)
      total = scores.sub_(largest).exp_().sum([1], True)
      losses[s:e].copy_((total.log() + largest)[0:e - s].sub_(correct).squeeze(1))
      if need_gradient:
        scores.div_(total)
        scores[0:e - s].scatter_add_(1, target, torch.full([e - s, 1], -1.))
        scores[e - s:].zero_()
        if loss_scale != 1.:
          scores.mul_(loss_scale)
        g = scores.to(dtype)
        self.head_gradient(g, w, gn[s:end])
        if g_w.numel() > 0:
          self.accumulate(g_w, g.t(), part, 1.)
    if need_gradient:
      return [losses, self.rms_norm_backward(gn[0:rows], x, norm, eps, g_norm)]
    return [losses]
