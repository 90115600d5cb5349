package org.bayling.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.bayling.acceptance.BuiltProduct;
import org.bayling.config.RunConfig;
import org.junit.jupiter.api.Test;

/** The layers and habits of the design, over every class of the product. */
class LayersTest {
    private static final String PROJECT = "org.bayling.";

    /** Storey of each package of core; an import may only point to a lower one. */
    private static final Map<String, Integer> STOREYS = Map.ofEntries(
            Map.entry("config", 0),
            Map.entry("numeric", 0),
            Map.entry("io", 0),
            Map.entry("tensor", 1),
            Map.entry("checkpoint", 1),
            Map.entry("observe", 1),
            Map.entry("distributed", 2),
            Map.entry("data", 2),
            Map.entry("model", 3),
            Map.entry("optim", 3),
            Map.entry("train", 4),
            Map.entry("generate", 4));

    /** Imports within a storey, each with its reason. */
    private static final Set<String> SIDEWAYS = Set.of(
            // HostTransfer fills device memory straight from the mapped files.
            "tensor to checkpoint",
            // The optimizer's state is by parameter name, and the parameters are the model's.
            "optim to model");

    /** Rooms outside of core, which may use it. */
    private static final List<String> ABOVE_CORE = List.of("corpus", "evaluation", "serve", "cli");

    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.bayling", "ai.djl.pytorch.jni");

    private static final JavaClasses OURS = PRODUCT.that(JavaClass.Predicates.resideInAPackage("org.bayling.."));

    @Test
    void everyPackageHasAPlaceInTheDesign() {
        TreeSet<String> strangers = new TreeSet<>();
        for (JavaClass type : OURS) {
            String room = room(type);
            if (!STOREYS.containsKey(room) && !ABOVE_CORE.contains(room) && !room.equals("tokenizer")) {
                strangers.add(type.getPackageName());
            }
        }
        assertThat(strangers).as("packages that design.md does not name").isEmpty();
        assertThat(OURS.stream().map(LayersTest::room)).contains("config", "numeric", "data", "cli");
    }

    @Test
    void importsInCorePointDown() {
        classes().that().resideInAPackage("org.bayling..").should(pointDown()).check(PRODUCT);
    }

    private static ArchCondition<JavaClass> pointDown() {
        return new ArchCondition<>("import only from lower storeys") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    JavaClass target = dependency.getTargetClass();
                    if (target.getPackageName().startsWith(PROJECT) && !mayUse(room(type), room(target))) {
                        events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
                    }
                }
            }
        };
    }

    private static boolean mayUse(String user, String used) {
        if (user.equals(used)) {
            return true;
        }
        if (user.equals("tokenizer")) {
            return false;
        }
        if (ABOVE_CORE.contains(user)) {
            return !used.equals("cli") && (user.equals("cli") || user.equals("serve") || !used.equals("serve"));
        }
        // The tokenizer is below everything.
        return used.equals("tokenizer")
                || SIDEWAYS.contains(user + " to " + used)
                || STOREYS.containsKey(used) && STOREYS.get(used) < STOREYS.get(user);
    }

    /** {@code org.bayling.tokenizer.chat} is of room {@code tokenizer}. */
    private static String room(JavaClass type) {
        String rest = type.getPackageName().substring(PROJECT.length());
        int dot = rest.indexOf('.');
        return dot < 0 ? rest : rest.substring(0, dot);
    }

    @Test
    void onlyTheTensorPackageKnowsThePyTorchEngine() {
        noClasses()
                .that()
                .resideOutsideOfPackages("org.bayling.tensor..", "ai.djl.pytorch..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ai.djl.pytorch..")
                .check(PRODUCT);
    }

    @Test
    void exactlyOneClassOfOursLivesInAForeignPackage() {
        // Found beside our own classes, not in the library's jar.
        String core =
                OURS.get(RunConfig.class).getSource().orElseThrow().getUri().toString();
        String home = core.substring(0, core.indexOf("org/bayling/"));
        assertThat(PRODUCT.stream()
                        .filter(type -> type.getPackageName().startsWith("ai.djl"))
                        .filter(type -> type.getSource()
                                .orElseThrow()
                                .getUri()
                                .toString()
                                .startsWith(home))
                        .map(type -> type.getName().replaceAll("\\$.*", ""))
                        .distinct())
                .isSubsetOf("ai.djl.pytorch.jni.NativeOps");
    }

    @Test
    void roomsThatNeedNoEngineAreFreeOfIt() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "org.bayling.config..",
                        "org.bayling.numeric..",
                        "org.bayling.io..",
                        "org.bayling.checkpoint..",
                        "org.bayling.data..",
                        "org.bayling.observe..",
                        "org.bayling.corpus..",
                        "org.bayling.tokenizer.chat..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ai.djl..")
                .check(PRODUCT);
    }

    @Test
    void picocliIsUsedByTheCommandLineOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.bayling.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("picocli..")
                .check(OURS);
    }

    @Test
    void nd4jIsUsedByTheAlignmentAnalysisOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.bayling.evaluation.alignment..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.nd4j..")
                .check(OURS);
    }

    @Test
    void onlyTheCommandLineTouchesTheStandardStreams() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.bayling.cli..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .accessField(System.class, "in")
                .orShould()
                .callMethod(Throwable.class, "printStackTrace")
                .check(OURS);
    }

    @Test
    void onlyMainEndsTheProcess() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("org.bayling.cli.Main")
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class)
                .check(OURS);
    }

    @Test
    void namesSayWhatAThingIs() {
        noClasses()
                .should()
                .haveNameMatching(".*(Util|Utils|Helper|Helpers|Manager|Impl)(\\$.*)?")
                .orShould()
                .resideInAPackage("..util..")
                .check(OURS);
    }

    @Test
    void noStaticFieldChanges() {
        fields().that().areStatic().should().beFinal().check(OURS);
        fields().that().areStatic().should(notBeAtomicOrLocal()).check(OURS);
    }

    private static ArchCondition<JavaField> notBeAtomicOrLocal() {
        return new ArchCondition<>("hold no changing value") {
            @Override
            public void check(JavaField field, ConditionEvents events) {
                String type = field.getRawType().getName();
                if (type.startsWith("java.util.concurrent.atomic.") || type.equals("java.lang.ThreadLocal")) {
                    events.add(SimpleConditionEvent.violated(field, field.getFullName() + " is a changing " + type));
                }
            }
        };
    }

    @Test
    void randomnessHasASeed() {
        noClasses()
                .should()
                .callConstructor(Random.class)
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .callMethod(ThreadLocalRandom.class, "current")
                .orShould()
                .callMethod(Collections.class, "shuffle", List.class)
                .check(OURS);
    }

    @Test
    void templatesOfModelsReachNoJavaObjects() {
        noClasses()
                .that()
                .resideInAPackage("org.bayling.tokenizer.chat..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.lang.reflect..", "java.lang.invoke..", "javax.script..")
                .allowEmptyShould(true)
                .check(OURS);
    }

    @Test
    void everyPackageSaysWhatItIsFor() throws IOException {
        TreeSet<String> silent = new TreeSet<>();
        int packages = 0;
        for (Path sources : sourceFolders()) {
            for (Path folder : foldersWithClasses(sources)) {
                packages++;
                if (!folder.startsWith(sources.resolve("ai")) && !Files.exists(folder.resolve("package-info.java"))) {
                    silent.add(BuiltProduct.root().relativize(folder).toString());
                }
            }
        }
        assertThat(packages).isPositive();
        assertThat(silent).as("packages without package-info.java").isEmpty();
    }

    private static List<Path> sourceFolders() throws IOException {
        Path root = BuiltProduct.root();
        try (Stream<Path> trainer = Files.list(root.resolve("trainer"))) {
            return Stream.concat(Stream.of(root.resolve("tokenizer")), trainer)
                    .map(module -> module.resolve("src/main/java"))
                    .filter(Files::isDirectory)
                    .sorted()
                    .toList();
        }
    }

    private static List<Path> foldersWithClasses(Path sources) throws IOException {
        try (Stream<Path> files = Files.walk(sources)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(Path::getParent)
                    .distinct()
                    .toList();
        }
    }

    @Test
    void theRulesAreNotBlind() {
        // A rule over no classes passes: see that the importer saw ours, with their dependencies.
        JavaClass main = OURS.get("org.bayling.cli.Main");
        assertThat(main.getDirectDependenciesFromSelf()).isNotEmpty();
        assertThat(main.getModifiers()).contains(JavaModifier.FINAL);
        assertThat(mayUse("config", "train")).isFalse();
        assertThat(mayUse("train", "generate")).isFalse();
        assertThat(mayUse("train", "config")).isTrue();
        assertThat(mayUse("checkpoint", "tensor")).isFalse();
        assertThat(mayUse("tokenizer", "io")).isFalse();
    }
}
