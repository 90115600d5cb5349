package org.bayling.train;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.bayling.checkpoint.AdapterConfig;
import org.bayling.checkpoint.JsonFiles;
import org.bayling.checkpoint.ModelFiles;
import org.bayling.checkpoint.PeftAdapterDir;
import org.bayling.checkpoint.TensorStore;
import org.bayling.config.LoadedConfig;
import org.bayling.config.MethodConfig;
import org.bayling.config.OutputConfig;
import org.bayling.config.PrecisionConfig;
import org.bayling.config.RunConfig;
import org.bayling.data.BatchStream;
import org.bayling.data.DataException;
import org.bayling.data.ReadProgress;
import org.bayling.data.SampleEncoder;
import org.bayling.data.TrainingData;
import org.bayling.distributed.SingleProcess;
import org.bayling.io.AtomicFile;
import org.bayling.io.FaultPoint;
import org.bayling.io.OwnedResources;
import org.bayling.io.RunLock;
import org.bayling.model.LlamaModel;
import org.bayling.model.ModelLoader;
import org.bayling.model.ModelPrecision;
import org.bayling.model.ModelSource;
import org.bayling.numeric.DType;
import org.bayling.observe.RunEvent;
import org.bayling.observe.RunObserver;
import org.bayling.optim.AdamW;
import org.bayling.optim.LossScaler;
import org.bayling.tensor.Kernels;
import org.bayling.tensor.ProductSpeed;

/**
 * A run from its configuration to its first step: lock, checkpoint to go on from, tokens, weights, optimizer. Owns all
 * of them; confined to one thread.
 */
public final class TrainingRun implements AutoCloseable {
    private final LoadedConfig loaded;
    private final RunConfig config;
    private final Consumer<String> notices;
    private final ReadProgress progress;
    private final FaultPoint faults;
    private final RunDirectory directory;
    private final OwnedResources owned = new OwnedResources();

    private Optional<Path> resumed = Optional.empty();
    private TrainState state;
    private Kernels kernels;
    private ModelSource source;
    private Optional<PeftAdapterDir> givenAdapter = Optional.empty();
    private SampleEncoder encoder;
    private String templateSource;
    private TrainingData data;
    private LlamaModel model;
    private AdamW optimizer;
    private LossScaler scaler;
    private MemoryPlan memory;
    private TrainStep step;
    private String productReason;

    private TrainingRun(
            LoadedConfig loaded, Consumer<String> notices, ReadProgress progress, FaultPoint faults) {
        this.loaded = loaded;
        this.config = loaded.config();
        this.notices = notices;
        this.progress = progress;
        this.faults = faults;
        this.directory = new RunDirectory(config.outputDir());
    }

    /**
     * Prepares a run up to its first step.
     *
     * @param notices takes lines that a person should read
     * @param progress of the reading of data, and of the base for its checksums
     * @param availableMemory free bytes of the machine, for the memory plan
     * @param faults told of every step of a durable write; {@link FaultPoint#NONE} outside of tests
     * @throws IOException of many kinds, each saying what to do. Where the model, the adapter or the data files are at
     *     fault nothing was written; after that only the folder, its lock and the token cache, which is no run
     */
    public static TrainingRun open(
            LoadedConfig loaded,
            Consumer<String> notices,
            ReadProgress progress,
            LongSupplier availableMemory,
            FaultPoint faults)
            throws IOException {
        TrainingRun run = new TrainingRun(loaded, notices, progress, faults);
        try {
            run.openModelFiles();
            TrainingData.requireFiles(loaded.config().data());
            run.lockAndFindCheckpoint();
            MemoryNeed.of(run.source, run.storage(), loaded.config().method()).require(availableMemory.getAsLong());
            run.startEngine();
            run.readData();
            run.loadModel();
            run.prepareStep(availableMemory.getAsLong());
            return run;
        } catch (IOException | RuntimeException | Error problem) {
            run.closeAfter(problem);
            throw problem;
        }
    }

    public RunDirectory directory() {
        return directory;
    }

    public TrainingData data() {
        return data;
    }

    public LlamaModel model() {
        return model;
    }

    public MemoryPlan memory() {
        return memory;
    }

    /** Steps done before this process: 0 for a new run. */
    public long firstStep() {
        return state.step();
    }

    /** Optimizer steps of the whole run. */
    public long totalSteps() {
        return data.plan().steps();
    }

    /** The kernels that the run computes with. */
    public Kernels kernels() {
        return kernels;
    }

    /** What products run in, and why. */
    public String productReason() {
        return productReason;
    }

    /** One optimizer step's computation, for measuring; the weights change. */
    public TrainStep step() {
        return step;
    }

    /**
     * Is there room on the disk for one checkpoint? To be asked before the first step and not after hours of them.
     *
     * @throws IOException saying how much is needed and how much is free
     */
    public void requireRoom() throws IOException {
        checkpoint().requireRoom(directory.path(), !config.output().saveOnlyModel());
    }

    private TrainCheckpoint checkpoint() {
        return new TrainCheckpoint(kernels, source, model, optimizer, new SingleProcess(), faults);
    }

    /**
     * Trains to the end.
     *
     * @param observers told of everything; not closed
     * @param stopRequested asked before every step
     */
    public RunEvent.Outcome run(RunObserver observers, BooleanSupplier stopRequested) throws IOException {
        writeProvenance();
        long total = totalSteps();
        observers.on(new RunEvent.Started(
                directory.path(), state.step() + 1, total, data.plan().epochs(), settings()));
        try (BatchStream batches = data.train()) {
            TrainCheckpoint checkpoint = checkpoint();
            boolean evaluates = data.evaluation().isPresent()
                    && config.output().evalStrategy() != OutputConfig.EvalStrategy.NO;
            Trainer trainer = new Trainer(
                    config,
                    directory,
                    loaded.resolved().toYaml(),
                    step,
                    evaluates ? Optional.of(new Evaluation(kernels, model)) : Optional.empty(),
                    data.evaluation(),
                    batches,
                    optimizer,
                    scaler,
                    checkpoint,
                    state,
                    total,
                    observers,
                    stopRequested);
            return trainer.run();
        }
    }

    // ---------------------------------------------------------------- preparation, in order

    private void lockAndFindCheckpoint() throws IOException {
        own(RunLock.acquire(directory.path()));
        directory.removeLeftovers();
        String resume = config.output().resumeFromCheckpoint();
        if (resume.equals("auto")) {
            resumed = directory.newestValid(notices);
        } else if (resume.equals("none")) {
            if (!directory.checkpoints().isEmpty()) {
                throw new IOException(directory.path() + ": holds checkpoints of an earlier run and "
                        + "resume_from_checkpoint is none; set it to auto to go on, or choose another output_dir");
            }
        } else {
            resumed = Optional.of(Path.of(resume));
            RunDirectory.verify(resumed.get());
            refuseLaterCheckpoints(resumed.get());
        }
        if (resumed.isPresent()) {
            state = TrainCheckpoint.readState(resumed.get());
            warnOfChangedConfig(resumed.get());
        }
    }

    /** They would be in the way of the ones to come, and a checkpoint is never overwritten. */
    private void refuseLaterCheckpoints(Path from) throws IOException {
        long step = TrainCheckpoint.readState(from).step();
        for (Path checkpoint : directory.checkpoints()) {
            if (RunDirectory.stepOf(checkpoint).orElseThrow() > step) {
                throw new DataException("resume_from_checkpoint: " + from + " is of step " + step + ", but "
                        + checkpoint + " is there already; choose another output_dir, or move later checkpoints away");
            }
        }
    }

    private void warnOfChangedConfig(Path checkpoint) throws IOException {
        Path before = checkpoint.resolve(RunDirectory.CONFIG);
        if (Files.isRegularFile(before) && !values(Files.readString(before)).equals(values(loaded.resolved().toYaml()))) {
            notices.accept("the configuration differs from the one that " + checkpoint.getFileName()
                    + " was written with, so the run goes on from there but not as it would have without the change");
        }
    }

    /** Lines without their trailing comments, which say where a value came from. */
    private static List<String> values(String yaml) {
        return yaml.lines().map(line -> line.replaceAll("\\s+# .*$", "")).filter(line -> !line.isBlank()).toList();
    }

    private void startEngine() throws IOException {
        OptionalInt threads = config.precision().numThreads();
        kernels = own(Kernels.open(threads));
    }

    private void openModelFiles() throws IOException {
        Path path = config.model().modelNameOrPath();
        ModelSource opened =
                own(config.model().trainFromScratch() ? ModelSource.openWithoutWeights(path) : ModelSource.open(path));
        encoder = SampleEncoders.of(config.data(), opened.tokenizer());
        templateSource = SampleEncoders.template(config.data(), opened.tokenizer()).source();
        source = opened.withChatTemplate(templateSource);
        Optional<Path> adapter = config.model().adapterNameOrPath();
        if (adapter.isPresent() && directory.checkpoints().isEmpty()) { // else a checkpoint holds what became of it
            givenAdapter = Optional.of(own(PeftAdapterDir.open(adapter.get())));
        }
    }

    private void readData() throws IOException {
        Path cache = config.data().tokenizedPath().orElse(directory.path().resolve("tokens"));
        int workers = Math.max(1, Runtime.getRuntime().availableProcessors());
        data = own(TrainingData.open(
                config.data(),
                config.batch(),
                config.seed(),
                encoder,
                cache,
                workers,
                progress));
    }

    private void loadModel() throws IOException {
        ModelPrecision precision = precision();
        if (state == null) {
            state = TrainState.start(precision.product().huggingFaceName());
        }
        Optional<MethodConfig.Lora> lora = config.method().lora();
        Optional<TensorStore> weights = source.tensors();
        Optional<TensorStore> adapterWeights = Optional.empty();
        Optional<AdapterConfig> adapter = lora.map(this::adapterConfig);
        if (lora.isPresent()) {
            Optional<PeftAdapterDir> saved =
                    resumed.isPresent() ? Optional.of(own(PeftAdapterDir.open(resumed.get()))) : givenAdapter;
            if (saved.isPresent()) {
                adapter = Optional.of(saved.get().config());
                adapterWeights = Optional.of(saved.get().tensors());
            }
        } else if (resumed.isPresent()) {
            weights = Optional.of(own(ModelFiles.open(resumed.get())).tensors());
        }
        model = own(new ModelLoader(
                        kernels,
                        source.config(),
                        weights,
                        adapter,
                        adapterWeights,
                        lora.isPresent() ? ModelLoader.Trained.ADAPTER : ModelLoader.Trained.ALL,
                        precision,
                        config.seed())
                .load());
        if (model.parameters().trained().isEmpty()) {
            throw new IOException("lora_target and modules_to_save name no module of this model, so nothing would be "
                    + "trained");
        }
    }

    private AdapterConfig adapterConfig(MethodConfig.Lora lora) {
        return AdapterConfig.lora(lora.rank(), lora.alpha(), lora.dropout(), lora.target())
                .withVariants(lora.useRslora(), lora.useDora())
                .withModulesToSave(lora.modulesToSave())
                .withBase(config.model().modelNameOrPath().toString());
    }

    private DType storage() {
        return switch (config.precision().precision()) {
            case FP32 -> DType.F32;
            case BF16 -> DType.BF16;
            case FP16 -> DType.F16;
        };
    }

    private ModelPrecision precision() {
        DType storage = storage();
        if (resumed.isPresent()) {
            DType product = DType.ofHuggingFaceName(state.productDtype()).orElse(DType.F32);
            productReason = "products in " + product.huggingFaceName() + ": as in the checkpoint";
            return new ModelPrecision(storage, product);
        }
        PrecisionConfig.ProductDtype wanted = config.precision().productDtype();
        if (wanted != PrecisionConfig.ProductDtype.AUTO) {
            DType product = DType.valueOf(wanted.name().replace("FP", "F"));
            productReason = "products in " + product.huggingFaceName() + ": product_dtype says so";
            return new ModelPrecision(storage, product);
        }
        if (storage == DType.F32) {
            productReason = "products in float32: precision is fp32";
            return ModelPrecision.FP32;
        }
        ProductSpeed speed = ProductSpeed.measure(kernels, storage);
        productReason = speed.reason();
        return new ModelPrecision(storage, speed.choice());
    }

    private void prepareStep(long availableMemory) throws IOException {
        optimizer = own(new AdamW(
                kernels,
                model,
                config.optimizer(),
                config.method().lora().map(MethodConfig.Lora::loraplusLrRatio).orElse(1.0)));
        scaler = new LossScaler(model.precision().product() == DType.F16);
        if (resumed.isPresent()) {
            checkpoint().restore(resumed.get(), state);
            scaler.restore(state.lossScale(), state.goodSteps());
        }
        int cutoff = config.data().cutoffLen();
        long rowTokens = Math.max(
                cutoff, Math.min(TrainStep.ROW_TOKENS, (long) cutoff * config.batch().perDeviceTrainBatchSize()));
        memory = MemoryPlan.of(model, rowTokens, config.precision().checkpointing(), availableMemory);
        step = own(new TrainStep(
                kernels,
                model,
                optimizer,
                scaler,
                new SingleProcess(),
                config.method(),
                memory.recomputed(),
                config.optimizer().maxGradNorm(),
                config.seed()));
    }

    /** Derived values worth showing, after the resolved ones. */
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        loaded.resolved().rows().forEach(row -> settings.put(row.key(), row.value()));
        settings.put("parameters", String.format(Locale.ROOT, "%,d", model.parameters().elements()));
        settings.put("trained parameters", String.format(Locale.ROOT, "%,d", model.parameters().trainedElements()));
        settings.put("products", productReason);
        settings.put("recomputed layers", memory.recomputed() + " of " + model.config().numHiddenLayers());
        settings.put("resumed from", resumed.map(Path::toString).orElse("-"));
        return settings;
    }

    private void writeProvenance() throws IOException {
        AtomicFile.write(directory.path().resolve(RunDirectory.CONFIG), loaded.resolved().toYaml(), FaultPoint.NONE);
        ObjectNode json = JsonFiles.newObject();
        json.put("program", "bayling-train");
        json.put("version", Optional.ofNullable(TrainingRun.class.getPackage().getImplementationVersion()).orElse("dev"));
        json.put("java", System.getProperty("java.runtime.version"));
        json.put("libtorch", "2.7.1");
        json.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        json.put("threads", config.precision().numThreads().orElse(Runtime.getRuntime().availableProcessors()));
        json.put("products", productReason);
        json.put("resumed_from", resumed.map(Path::toString).orElse(null));
        new Provenance(directory.path().resolve(RunDirectory.PROVENANCE), progress)
                .addInputs(json, config.model(), source, templateSource, data.files());
        AtomicFile.write(directory.path().resolve(RunDirectory.PROVENANCE), JsonFiles.toText(json), FaultPoint.NONE);
    }

    // ---------------------------------------------------------------- ownership

    private <T extends AutoCloseable> T own(T resource) {
        return owned.own(resource);
    }

    private void closeAfter(Throwable problem) {
        try {
            close();
        } catch (IOException second) {
            problem.addSuppressed(second);
        }
    }

    /** Closes everything, last opened first. */
    @Override
    public void close() throws IOException {
        owned.close();
    }
}
