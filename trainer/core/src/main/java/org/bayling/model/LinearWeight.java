package org.bayling.model;

import java.util.Optional;

/** What multiplies in a projection: a dense weight, alone or with a low-rank adapter. */
public sealed interface LinearWeight {

    /** The weight [out, in] of the model. */
    Parameter weight();

    /** The bias [out], where the architecture has one. */
    Optional<Parameter> bias();

    /** W x + b. */
    record Dense(Parameter weight, Optional<Parameter> bias) implements LinearWeight {}

    /**
     * LoRA (Hu et al. 2021): W x + scale B A x + b; with a magnitude, DoRA (Liu et al. 2024).
     *
     * @param a [r, in]
     * @param b [out, r]
     * @param magnitude [out], DoRA only
     * @param scale alpha / r, or alpha / sqrt(r) for rsLoRA
     */
    record LoraLinear(Dense base, Parameter a, Parameter b, Optional<Parameter> magnitude, double scale)
            implements LinearWeight {
        @Override
        public Parameter weight() {
            return base.weight();
        }

        @Override
        public Optional<Parameter> bias() {
            return base.bias();
        }
    }
}
