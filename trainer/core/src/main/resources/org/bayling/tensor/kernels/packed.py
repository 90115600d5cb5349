  # Products with weights that MKL has laid out beforehand: faster, above all with few rows, and a row's result is the
  # same to the last bit whatever the number of rows, from two on.

  def can_pack(self: __torch__.Kernels) -> Tensor:
    return torch.ones([1])

  # Weights [out, in] below each other, converted to fp32.
  def pack(self: __torch__.Kernels, parts: List[Tensor]) -> Tensor:
    return ops.mkl._mkl_reorder_linear_weight(torch.cat([part.to(6) for part in parts]), 64)

  # w has the packed weight's sizes, but no memory.
  def packed_linear(self: __torch__.Kernels, x: Tensor, packed: Tensor, w: Tensor) -> Tensor:
    return ops.mkl._mkl_linear(x, packed, w, None, x.size(0))
