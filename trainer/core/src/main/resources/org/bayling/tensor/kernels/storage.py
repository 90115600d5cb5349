  # Tensors made, copied and converted. Dtypes are ATen's scalar type codes.

  def empty(self: __torch__.Kernels, sizes: List[int], dtype: int) -> Tensor:
    return torch.empty(sizes, dtype=dtype)

  def zeros(self: __torch__.Kernels, sizes: List[int], dtype: int) -> Tensor:
    return torch.zeros(sizes, dtype=dtype)

  # A tensor of these sizes without memory of its own, whose storage is swapped for a file mapping afterwards.
  def placeholder(self: __torch__.Kernels, sizes: List[int], dtype: int) -> Tensor:
    return torch.empty([1], dtype=dtype).expand(sizes)

  def convert(self: __torch__.Kernels, x: Tensor, dtype: int) -> Tensor:
    return x.to(dtype, False, True)

  def copy(self: __torch__.Kernels, into: Tensor, x: Tensor) -> int:
    into.copy_(x)
    return 0

  def copy_all(self: __torch__.Kernels, into: List[Tensor], x: List[Tensor]) -> int:
    for i in range(len(into)):
      into[i].copy_(x[i])
    return 0

  def narrow(self: __torch__.Kernels, x: Tensor, dim: int, start: int, length: int) -> Tensor:
    return x.narrow(dim, start, length)

  def select_rows(self: __torch__.Kernels, x: Tensor, rows: Tensor) -> Tensor:
    return x.index_select(0, rows)

  # A gradient of some rows put back among zeros: [T, H].
  def scatter_rows(self: __torch__.Kernels, g: Tensor, rows: Tensor, tokens: int) -> Tensor:
    return torch.zeros([tokens, g.size(1)]).index_copy_(0, rows, g)

  # The sum in fp32: NaN or infinite as soon as one element is.
  def sum(self: __torch__.Kernels, x: Tensor) -> Tensor:
    return x.sum(dtype=6)

  # Uniform and normal draws from a seed of their own.
  def normal(self: __torch__.Kernels, sizes: List[int], std: float, seed: int) -> Tensor:
    generator = torch.Generator(device=None, seed=seed)
    return torch.empty(sizes).normal_(0., std, generator=generator)

  def uniform(self: __torch__.Kernels, sizes: List[int], bound: float, seed: int) -> Tensor:
    generator = torch.Generator(device=None, seed=seed)
    return torch.empty(sizes).uniform_(-bound, bound, generator=generator)

  # W + s B A in fp32, by DoRA with its rows scaled to the magnitude.
  def merged(self: __torch__.Kernels, w: Tensor, a: Tensor, b: Tensor, magnitude: Tensor, s: float) -> Tensor:
    sum = torch.addmm(w.to(6), b.to(6), a.to(6), beta=1, alpha=s)
    if magnitude.numel() > 0:
      sum = sum * (magnitude / torch.linalg_vector_norm(sum, 2, [1], False)).unsqueeze(1)
    return sum

  # theta^(-2i/D), i = 0 .. D/2 - 1, in fp32 as Hugging Face computes it.
  def inverse_frequencies(self: __torch__.Kernels, theta: float, head_dim: int) -> Tensor:
    return torch.reciprocal(torch.pow(theta, torch.arange(0, head_dim, 2).to(6) / head_dim))

  # Tables of cosines and sines [T, 1, D] for positions [T].
  def rope_tables(self: __torch__.Kernels, positions: Tensor, inverse_frequencies: Tensor, factor: float) -> List[Tensor]:
    angles = torch.outer(positions.to(6), inverse_frequencies)
    both = torch.cat([angles, angles], -1).unsqueeze(1)
    return [both.cos().mul_(factor), both.sin().mul_(factor)]

  # A product for timing: [rows, width] by [width, width] in this dtype.
  def product(self: __torch__.Kernels, x: Tensor, w: Tensor) -> Tensor:
    return torch.mm(torch.linear(x, w), w)
