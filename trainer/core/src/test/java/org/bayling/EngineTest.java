package org.bayling;

import java.io.IOException;
import java.util.OptionalInt;
import org.bayling.tensor.Kernels;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A test class that computes; its kernels are open while its tests run. */
public abstract class EngineTest {
    protected static Kernels kernels;

    @BeforeAll
    static void openKernels() throws IOException {
        kernels = Kernels.open(OptionalInt.empty());
    }

    @AfterAll
    static void closeKernels() {
        kernels.close();
    }
}
