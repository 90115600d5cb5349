package org.bayling.optim;

/**
 * Dynamic loss scale for fp16 products (Micikevicius et al. 2018): doubled after 2,000 good steps in a row, halved after
 * a step that overflowed. Without fp16 products the scale is 1 and stays so.
 */
public final class LossScaler {
    private static final double START = 65_536;
    private static final int GROWTH_INTERVAL = 2_000;

    private final boolean dynamic;
    private double scale;
    private int goodSteps;

    public LossScaler(boolean dynamic) {
        this.dynamic = dynamic;
        this.scale = dynamic ? START : 1;
    }

    /** What gradients are multiplied with before they are summed. */
    public double scale() {
        return scale;
    }

    /** Good steps since the scale last changed. */
    public int goodSteps() {
        return goodSteps;
    }

    /** Goes on from a checkpoint. */
    public void restore(double savedScale, int savedGoodSteps) {
        scale = dynamic ? savedScale : 1;
        goodSteps = savedGoodSteps;
    }

    /** To be told after every step whether its gradients were finite. */
    public void update(boolean finite) {
        if (!dynamic) {
            return;
        }
        if (!finite) {
            scale = Math.max(1, scale / 2);
            goodSteps = 0;
        } else if (++goodSteps == GROWTH_INTERVAL) {
            scale *= 2;
            goodSteps = 0;
        }
    }
}
