package org.bayling.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDManager;
import java.util.ArrayList;
import java.util.List;

/**
 * Owns tensors: closing it frees all of them at once.
 *
 * <p>One scope lives as long as the weights, one as long as a step, one as long as a row of tokens. Confined to one
 * thread. Host buffers that lie under a tensor are kept reachable until the scope closes.
 */
public final class TensorScope implements AutoCloseable {
    private final PtNDManager manager;
    private final List<Object> hostBuffers = new ArrayList<>();

    TensorScope(PtNDManager manager) {
        this.manager = manager;
    }

    /** A scope inside this one; closed with it at the latest. */
    public TensorScope child() {
        return new TensorScope((PtNDManager) manager.newSubManager());
    }

    /** Moves a tensor here from the scope it belongs to, so that it outlives that. */
    public NDArray keep(NDArray tensor) {
        tensor.attach(manager);
        return tensor;
    }

    /** Number of tensors alive; for tests against leaks. */
    public int size() {
        return manager.getManagedArrays().size();
    }

    PtNDManager manager() {
        return manager;
    }

    void keepReachable(Object hostBuffer) {
        hostBuffers.add(hostBuffer);
    }

    @Override
    public void close() {
        manager.close();
        hostBuffers.clear();
    }
}
