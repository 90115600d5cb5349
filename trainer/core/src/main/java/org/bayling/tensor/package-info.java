/**
 * The only door to PyTorch: kernels, tensors' lifetimes, and bytes in and out.
 *
 * <p>Kernels are TorchScript text in {@code kernels/*.py} beside this package's classes; {@link
 * org.bayling.tensor.KernelArchive} puts them into an archive and {@link org.bayling.tensor.Kernels} calls them by typed
 * methods. Tensors are DJL {@code NDArray}s; every one belongs to a {@link org.bayling.tensor.TensorScope}, and nothing
 * is freed by the garbage collector.
 */
package org.bayling.tensor;
