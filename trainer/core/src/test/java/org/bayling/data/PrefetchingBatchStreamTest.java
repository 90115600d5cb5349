package org.bayling.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PrefetchingBatchStreamTest {

    /** Step 3 cannot be read; counts what was asked for. */
    private static final class Source implements BatchStream {
        private final Set<Long> asked = Collections.synchronizedSet(new TreeSet<>());
        private final CountDownLatch second = new CountDownLatch(1);
        private boolean closed;

        @Override
        public List<Group> groups() {
            return List.of();
        }

        @Override
        public long samplesPerEpoch() {
            return 10;
        }

        @Override
        public long stepsPerEpoch() {
            return 10;
        }

        @Override
        public List<Batch> step(long step) throws IOException {
            asked.add(step);
            if (step == 1) {
                second.countDown();
            }
            if (step == 3) {
                throw new IOException("disk of step 3");
            }
            return List.of(new Batch(new int[] {(int) step}, new int[1], new int[] {0, 1}, new int[1], new long[1], new long[1]));
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @Test
    void theNextStepIsPreparedAndItsErrorComesWithIt() throws Exception {
        Source source = new Source();
        try (PrefetchingBatchStream stream = new PrefetchingBatchStream(source)) {
            assertThat(stream.step(0).get(0).tokens()).containsExactly(0);
            assertThat(source.second.await(10, TimeUnit.SECONDS)).as("step 1 is prepared unasked").isTrue();
            assertThat(stream.step(1).get(0).tokens()).containsExactly(1);
            assertThat(stream.step(2).get(0).tokens()).containsExactly(2);
            assertThatThrownBy(() -> stream.step(3)).isInstanceOf(IOException.class).hasMessage("disk of step 3");
            assertThat(stream.step(7).get(0).tokens()).as("a jump").containsExactly(7);
            assertThat(stream.step(0).get(0).tokens()).as("a jump back").containsExactly(0);
        }
        assertThat(source.closed).isTrue();
    }
}
