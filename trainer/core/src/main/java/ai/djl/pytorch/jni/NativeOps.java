package ai.djl.pytorch.jni;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;

/**
 * Typed calls of TorchScript methods with autograd allowed.
 *
 * <p>Lives in DJL's package because {@code PyTorchLibrary.LIB} and the {@link IValue} constructor are package-private;
 * DJL's own {@code IValueUtils} always runs in inference mode and leaks the tensors of tuples. Used by
 * {@code org.bayling.tensor.Kernels} only.
 */
public final class NativeOps {
    private NativeOps() {}

    /** Runs a method; the caller closes the result. Boxes are closed whether it returns or throws. */
    public static IValue call(PtSymbolBlock module, String method, Object... arguments) {
        IValue[] boxes = new IValue[arguments.length];
        long[] handles = new long[arguments.length];
        try {
            for (int i = 0; i < arguments.length; i++) {
                boxes[i] = box(arguments[i]);
                handles[i] = boxes[i].getHandle();
            }
            boolean train = true; // false would mean inference tensors, which autograd refuses
            return new IValue(PyTorchLibrary.LIB.moduleRunMethod(module.getHandle(), method, handles, train, false));
        } finally {
            for (IValue box : boxes) {
                if (box != null) {
                    box.close();
                }
            }
        }
    }

    /** Runs a method that returns one tensor; it belongs to {@code owner}. */
    public static PtNDArray tensor(PtNDManager owner, PtSymbolBlock module, String method, Object... arguments) {
        try (IValue result = call(module, method, arguments)) {
            return result.toTensor(owner);
        }
    }

    /** Runs a method that returns {@code List[Tensor]}; all belong to {@code owner}. */
    public static PtNDArray[] tensors(PtNDManager owner, PtSymbolBlock module, String method, Object... arguments) {
        try (IValue result = call(module, method, arguments)) {
            return result.toTensorArray(owner);
        }
    }

    private static IValue box(Object argument) {
        if (argument instanceof PtNDArray tensor) {
            return IValue.from(tensor);
        }
        if (argument instanceof PtNDArray[] tensors) {
            return IValue.listFrom(tensors);
        }
        if (argument instanceof long[] integers) {
            return IValue.listFrom(integers);
        }
        if (argument instanceof double[] numbers) {
            return IValue.listFrom(numbers);
        }
        if (argument instanceof Boolean flag) {
            return IValue.from((boolean) flag);
        }
        if (argument instanceof Long || argument instanceof Integer) {
            return IValue.from(((Number) argument).longValue());
        }
        if (argument instanceof Double || argument instanceof Float) {
            return IValue.from(((Number) argument).doubleValue());
        }
        throw new IllegalArgumentException("a kernel takes tensors, lists and numbers, not "
                + (argument == null ? "null" : argument.getClass().getName()));
    }
}
