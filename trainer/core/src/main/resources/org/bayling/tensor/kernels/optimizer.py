  # What is done to whole lists of parameters and gradients at once.

  # L2 norms of each tensor [n], fp32.
  def norms(self: __torch__.Kernels, tensors: List[Tensor]) -> Tensor:
    return torch.stack(torch._foreach_norm(tensors, 2))

  def scale(self: __torch__.Kernels, tensors: List[Tensor], factor: float) -> int:
    torch._foreach_mul_(tensors, factor)
    return 0

  def zero(self: __torch__.Kernels, tensors: List[Tensor]) -> int:
    torch._foreach_zero_(tensors)
    return 0

  # AdamW (Loshchilov and Hutter 2019) through the fused kernel, which takes the number of the step it is doing and does
  # not count it. All tensors are fp32.
  def adamw(self: __torch__.Kernels, p: List[Tensor], g: List[Tensor], m: List[Tensor], v: List[Tensor], steps: List[Tensor],
      lr: float, beta1: float, beta2: float, weight_decay: float, eps: float) -> int:
    torch._fused_adamw_(p, g, m, v, annotate(List[Tensor], []), steps, lr=lr, beta1=beta1, beta2=beta2,
        weight_decay=weight_decay, eps=eps, amsgrad=False, maximize=False)
    return 0
