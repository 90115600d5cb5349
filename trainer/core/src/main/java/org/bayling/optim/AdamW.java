package org.bayling.optim;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bayling.config.OptimizerConfig;
import org.bayling.model.LlamaModel;
import org.bayling.model.Parameter;
import org.bayling.numeric.DType;
import org.bayling.numeric.TensorShape;
import org.bayling.tensor.Kernels;
import org.bayling.tensor.TensorScope;

/**
 * AdamW (Loshchilov and Hutter 2019) over fp32 weights and moments, equal to {@code torch.optim.AdamW}.
 *
 * <p>Biases and norms are not decayed. With LoRA+ (Hayou et al. 2024) every {@code lora_B} learns {@code ratio} times as
 * fast. State is kept by parameter name. Owns its moments.
 */
public final class AdamW implements AutoCloseable {
    private final Kernels kernels;
    private final TensorScope scope;
    private final OptimizerConfig config;
    private final LlamaModel model;
    private final List<Group> groups;
    private final Map<String, NDArray> expAvg = new LinkedHashMap<>();
    private final Map<String, NDArray> expAvgSq = new LinkedHashMap<>();
    private final NDArray count;
    private final NDArray[] masters;
    private final NDArray[] stored;
    private long steps;

    private record Group(int[] members, double rateFactor, double weightDecay) {}

    /**
     * An optimizer that has taken no step yet.
     *
     * @param loraPlusRatio learning rate of B over that of A; 1 is off
     */
    public AdamW(Kernels kernels, LlamaModel model, OptimizerConfig config, double loraPlusRatio) {
        this.kernels = kernels;
        this.scope = kernels.scope();
        this.config = config;
        this.model = model;
        this.groups = group(model.parameters().trained(), loraPlusRatio);
        for (Parameter parameter : model.parameters().trained()) {
            expAvg.put(parameter.name(), kernels.zeros(scope, parameter.shape(), DType.F32));
            expAvgSq.put(parameter.name(), kernels.zeros(scope, parameter.shape(), DType.F32));
        }
        this.count = kernels.zeros(scope, TensorShape.of(), DType.F32);
        List<Parameter> withMaster = model.parameters().trained().stream()
                .filter(parameter -> parameter.master().isPresent())
                .toList();
        this.masters = withMaster.stream().map(Parameter::trainedTensor).toArray(NDArray[]::new);
        this.stored = withMaster.stream().map(Parameter::tensor).toArray(NDArray[]::new);
    }

    /** Steps taken. */
    public long steps() {
        return steps;
    }

    /** First moments by parameter name, fp32; live tensors. */
    public Map<String, NDArray> expAvg() {
        return expAvg;
    }

    /** Second moments by parameter name, fp32; live tensors. */
    public Map<String, NDArray> expAvgSq() {
        return expAvgSq;
    }

    /** Goes on from a checkpoint whose moments were written over {@link #expAvg} and {@link #expAvgSq}. */
    public void resumeAt(long stepsTaken) {
        this.steps = stepsTaken;
    }

    /**
     * Changes the weights.
     *
     * @param gradients scaled and clipped, in the order of {@code ParameterSet.trained()}
     */
    public void step(NDArray[] gradients, double learningRate) {
        steps++;
        count.set(new float[] {steps});
        List<Parameter> trained = model.parameters().trained();
        for (Group group : groups) {
            List<NDArray> weights = new ArrayList<>();
            List<NDArray> grads = new ArrayList<>();
            List<NDArray> first = new ArrayList<>();
            List<NDArray> second = new ArrayList<>();
            List<NDArray> counts = new ArrayList<>();
            for (int member : group.members()) {
                Parameter parameter = trained.get(member);
                weights.add(parameter.trainedTensor());
                grads.add(gradients[member]);
                first.add(expAvg.get(parameter.name()));
                second.add(expAvgSq.get(parameter.name()));
                counts.add(count);
            }
            kernels.adamw(
                    weights.toArray(NDArray[]::new),
                    grads.toArray(NDArray[]::new),
                    first.toArray(NDArray[]::new),
                    second.toArray(NDArray[]::new),
                    counts.toArray(NDArray[]::new),
                    learningRate * group.rateFactor(),
                    config.beta1(),
                    config.beta2(),
                    group.weightDecay(),
                    config.epsilon());
        }
        kernels.copyAll(stored, masters);
        model.weightsChanged();
    }

    private List<Group> group(List<Parameter> trained, double loraPlusRatio) {
        List<Group> result = new ArrayList<>();
        for (boolean decayed : new boolean[] {true, false}) {
            for (boolean fast : new boolean[] {false, true}) {
                int[] members = IntStream.range(0, trained.size())
                        .filter(i -> trained.get(i).decayed() == decayed)
                        .filter(i -> trained.get(i).name().contains(".lora_B.") == fast)
                        .toArray();
                if (members.length > 0) {
                    result.add(new Group(members, fast ? loraPlusRatio : 1, decayed ? config.weightDecay() : 0));
                }
            }
        }
        return result;
    }

    @Override
    public void close() {
        scope.close();
    }
}
