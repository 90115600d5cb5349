package org.bayling.generate;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bayling.model.DecoderLayer;
import org.bayling.model.LinearWeight;
import org.bayling.model.LlamaModel;
import org.bayling.model.Parameter;
import org.bayling.numeric.DType;
import org.bayling.numeric.TensorShape;
import org.bayling.tensor.DecoderWeights;
import org.bayling.tensor.HostTransfer;
import org.bayling.tensor.Kernels;
import org.bayling.tensor.LayerTensors;
import org.bayling.tensor.TensorScope;

/**
 * A model's weights as generation multiplies with them.
 *
 * <p>Where products run in fp32 and the model is not too large, all weights are packed, with adapters merged: that
 * takes their size again, and makes products faster. Else they are used as the model holds them, with adapters beside
 * them. When weights change, this has to be made anew.
 */
final class GenerationWeights implements AutoCloseable {
    /** Models up to this size in fp32 are packed. */
    private static final long PACKED_BYTES = 4L << 30;

    /** A head that is stored in another dtype than products run in is converted once if it is at most this large. */
    private static final long CONVERTED_HEAD_BYTES = 512L << 20;

    /** The four products of a layer: the first projection of each, and the end. */
    private static final int[] PRODUCTS = {0, 3, 4, 6, 7};

    private final Kernels kernels;
    private final LlamaModel model;
    private final TensorScope scope;
    private final boolean packed;
    private final NDArray head;
    private final NDArray[] packedHead;
    private final List<Group> groups;

    /** Layers that go through one kernel call; their tensors, unless these are converted each time. */
    private record Group(int first, int end, NDArray[] doraScale, Optional<DecoderWeights> resident) {}

    /** @param pack whether weights may be packed */
    GenerationWeights(Kernels kernels, LlamaModel model, boolean pack) {
        this.kernels = kernels;
        this.model = model;
        this.scope = kernels.scope();
        this.packed = pack
                && kernels.canPack()
                && model.precision().product() == DType.F32
                && elements() * DType.F32.bytes() <= PACKED_BYTES;
        this.head = packed ? kernels.placeholder(scope, model.head().shape(), DType.F32) : convertedHead();
        this.packedHead =
                packed ? new NDArray[] {kernels.pack(scope, model.head().tensor())} : new NDArray[0];
        this.groups = packed ? List.of(packed()) : groups();
    }

    /** Rows that so many tokens must be filled up to. */
    int rows(int tokens) {
        return DecoderWeights.rows(packed, tokens);
    }

    /** How many kernel calls it takes to run through the layers. */
    int groupCount() {
        return groups.size();
    }

    int firstLayer(int group) {
        return groups.get(group).first();
    }

    int endLayer(int group) {
        return groups.get(group).end();
    }

    /** The weights of a group; valid until another group is asked for. */
    DecoderWeights weights(int group) {
        Group layers = groups.get(group);
        return layers.resident()
                .orElseGet(() -> unpacked(List.of(model.tensors(layers.first())), layers.doraScale()));
    }

    /** The head [V, H]; only its sizes when it is packed. */
    NDArray head() {
        return head;
    }

    /** The packed head, or none. */
    NDArray[] packedHead() {
        return packedHead;
    }

    /** Tensors that live as long as this; for tests against leaks. */
    int size() {
        return scope.size();
    }

    private NDArray convertedHead() {
        Parameter stored = model.head();
        DType product = model.precision().product();
        boolean convert =
                stored.dtype() != product && stored.shape().elements() * product.bytes() <= CONVERTED_HEAD_BYTES;
        return convert ? kernels.convert(scope, stored.tensor(), product) : stored.tensor();
    }

    private long elements() {
        long layers = model.layers().stream()
                .flatMap(layer -> layer.linears().stream())
                .mapToLong(linear -> linear.weight().shape().elements())
                .sum();
        return layers + model.head().shape().elements();
    }

    // ---------------------------------------------------------------- packed

    private Group packed() {
        List<NDArray> norms = new ArrayList<>();
        List<NDArray> weights = new ArrayList<>();
        List<NDArray> sizes = new ArrayList<>();
        List<NDArray> biases = new ArrayList<>();
        for (DecoderLayer layer : model.layers()) {
            norms.add(layer.inputLayernorm().tensor());
            norms.add(layer.postAttentionLayernorm().tensor());
            for (int p = 0; p + 1 < PRODUCTS.length; p++) {
                List<LinearWeight> parts = layer.linears().subList(PRODUCTS[p], PRODUCTS[p + 1]);
                weights.add(pack(parts));
                sizes.add(kernels.placeholder(scope, sizes(parts), DType.F32));
                biases.add(bias(parts));
            }
        }
        NDArray[] none = new NDArray[0];
        DecoderWeights all = new DecoderWeights(
                array(norms), array(weights), array(sizes), array(biases), none, none, none, new double[0]);
        return new Group(0, model.layers().size(), none, Optional.of(all));
    }

    private NDArray pack(List<LinearWeight> parts) {
        try (TensorScope merging = kernels.scope()) {
            return kernels.pack(
                    scope, parts.stream().map(part -> merged(merging, part)).toArray(NDArray[]::new));
        }
    }

    private NDArray merged(TensorScope owner, LinearWeight linear) {
        NDArray weight = linear.weight().tensor();
        if (!(linear instanceof LinearWeight.LoraLinear lora)) {
            return weight;
        }
        NDArray magnitude = lora.magnitude().map(Parameter::tensor).orElse(kernels.none());
        return kernels.merged(owner, weight, lora.a().tensor(), lora.b().tensor(), magnitude, lora.scale());
    }

    private static TensorShape sizes(List<LinearWeight> parts) {
        long out = parts.stream().mapToLong(part -> part.weight().shape().get(0)).sum();
        return TensorShape.of(out, parts.get(0).weight().shape().get(1));
    }

    /** The biases of a product's parts behind each other, with zeros where a part has none. */
    private NDArray bias(List<LinearWeight> parts) {
        if (parts.stream().noneMatch(part -> part.bias().isPresent())) {
            return kernels.none();
        }
        NDArray joined = kernels.zeros(scope, TensorShape.of(sizes(parts).get(0)), DType.F32);
        long at = 0;
        for (LinearWeight part : parts) {
            long length = part.weight().shape().get(0);
            if (part.bias().isPresent()) {
                try (TensorScope views = kernels.scope()) {
                    kernels.copy(
                            kernels.narrow(views, joined, 0, at, length),
                            part.bias().get().tensor());
                }
            }
            at += length;
        }
        return joined;
    }

    private static NDArray[] array(List<NDArray> tensors) {
        return tensors.toArray(NDArray[]::new);
    }

    // ---------------------------------------------------------------- as the model holds them

    /** All layers at once where they are stored as products need them; else one by one through the model's buffers. */
    private List<Group> groups() {
        int layers = model.config().numHiddenLayers();
        DType product = model.precision().product();
        boolean stored = model.layers().stream()
                .map(DecoderLayer::linears)
                .flatMap(List::stream)
                .allMatch(linear -> linear.weight().dtype() == product);
        if (stored) {
            NDArray[] scales = model.layers().stream().flatMap(this::doraScales).toArray(NDArray[]::new);
            DecoderWeights all =
                    unpacked(IntStream.range(0, layers).mapToObj(model::tensors).toList(), scales);
            return List.of(new Group(0, layers, scales, Optional.of(all)));
        }
        return model.layers().stream()
                .map(layer -> new Group(
                        layer.index(),
                        layer.index() + 1,
                        doraScales(layer).toArray(NDArray[]::new),
                        Optional.empty()))
                .toList();
    }

    private static DecoderWeights unpacked(List<LayerTensors> layers, NDArray[] doraScale) {
        LayerTensors all = LayerTensors.joined(layers);
        return new DecoderWeights(
                all.norm(),
                new NDArray[0],
                all.weight(),
                all.bias(),
                all.loraA(),
                all.loraB(),
                doraScale,
                all.scale());
    }

    private Stream<NDArray> doraScales(DecoderLayer layer) {
        return layer.linears().stream().map(this::doraScale);
    }

    /** What DoRA multiplies rows with: magnitude / |W + s B A|. */
    private NDArray doraScale(LinearWeight linear) {
        if (!(linear instanceof LinearWeight.LoraLinear lora) || lora.magnitude().isEmpty()) {
            return kernels.none();
        }
        HostTransfer transfer = new HostTransfer(kernels);
        try (TensorScope inner = kernels.scope()) {
            float[] norm = transfer.toFloats(kernels.doraNorm(
                    inner, lora.weight().tensor(), lora.a().tensor(), lora.b().tensor(), lora.scale()));
            float[] scale = transfer.toFloats(lora.magnitude().get().tensor());
            for (int i = 0; i < scale.length; i++) {
                scale[i] /= norm[i];
            }
            return transfer.floats(scope, TensorShape.of(scale.length), scale);
        }
    }

    @Override
    public void close() {
        scope.close();
    }
}
