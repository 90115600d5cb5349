package org.bayling.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CldrInstructionsTest {
    private static final LanguageRegistry REGISTRY = new LanguageRegistry();
    private static final NanoSelection SELECTION = new NanoSelection(REGISTRY, 1);
    private static final CldrFacts FACTS = new CldrFacts();
    private static final List<Instruction> TUNING = new CldrInstructions(FACTS, SELECTION, 3).tuning(12_000);
    private static final List<Instruction> HELD_OUT = new CldrInstructions(FACTS, SELECTION, 3).heldOut(420);

    @Test
    void everyFrameHasItsGapsAndLeavesNoneBehind() {
        Set<String> frames = new HashSet<>();
        for (CldrItem.Category category : CldrItem.Category.values()) {
            for (Pivot pivot : Pivot.values()) {
                for (boolean fromPivot : new boolean[] {true, false}) {
                    List<String> own = InstructionFrames.of(category, pivot, fromPivot);
                    assertThat(own).hasSizeGreaterThanOrEqualTo(8).doesNotHaveDuplicates();
                    for (String frame : own) {
                        assertThat(frame).contains("{item}").contains("{language}");
                        assertThat(InstructionFrames.fill(frame, "{x}", "kind", "L"))
                                .contains("{x}")
                                .doesNotContainPattern("\\{(item|kind|language)}");
                    }
                    frames.addAll(own);
                }
            }
        }
        assertThat(frames).hasSize(104);
        for (Instruction sample : TUNING) {
            assertThat(sample.instruction()).doesNotContain("{").doesNotContain("}");
        }
    }

    @Test
    void noHeldOutItemIsInTheTuningSetInAnyLanguage() {
        Set<String> tuned = TUNING.stream().map(sample -> sample.item().id()).collect(Collectors.toSet());
        Set<String> heldOut = HELD_OUT.stream().map(sample -> sample.item().id()).collect(Collectors.toSet());
        assertThat(heldOut).isNotEmpty().doesNotContainAnyElementsOf(tuned);
        assertThat(tuned).hasSizeGreaterThan(150);
    }

    @Test
    void everyLanguageIsTiedToBothPivotsInBothDirections() {
        Map<String, Set<String>> directions = new TreeMap<>();
        for (Instruction sample : TUNING) {
            directions
                    .computeIfAbsent(sample.direction().language().tag(), tag -> new TreeSet<>())
                    .add(sample.direction().tag());
        }
        assertThat(directions).hasSize(42);
        directions.forEach((tag, seen) -> {
            if (!tag.equals("en") && !tag.equals("zh")) {
                assertThat(seen).containsExactlyInAnyOrder("en-" + tag, "zh-" + tag, tag + "-en", tag + "-zh");
            }
        });
        assertThat(directions.get("en")).containsExactlyInAnyOrder("zh-en", "en-zh");
    }

    @Test
    void heldOutSetCoversEveryLanguageAlikeAndEveryTask() {
        Map<String, Long> byLanguage = HELD_OUT.stream()
                .collect(Collectors.groupingBy(sample -> sample.direction().language().tag(), Collectors.counting()));
        assertThat(byLanguage).hasSize(42).allSatisfy((tag, count) -> assertThat(count).isEqualTo(10));
        assertThat(HELD_OUT.stream().map(sample -> sample.item().category()).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(CldrItem.Category.values());
    }

    @Test
    void answersAreShortAndComeFromCldr() {
        for (Instruction sample : HELD_OUT) {
            Language answered = sample.direction().fromPivot()
                    ? sample.direction().language()
                    : SELECTION.pivot(sample.direction().pivot());
            boolean digits = sample.item().category() == CldrItem.Category.NUMBER
                    && !sample.direction().fromPivot();
            String expected = digits
                    ? sample.item().code()
                    : FACTS.value(sample.item(), answered).orElseThrow();
            assertThat(sample.output()).isEqualTo(expected);
            assertThat(sample.output().getBytes(StandardCharsets.UTF_8).length)
                    .isLessThanOrEqualTo(CldrInstructions.LONGEST_ANSWER);
        }
    }

    @Test
    void optionsAreFourDifferentAnswersWithTheRightOneAnywhere() {
        CldrInstructions instructions = new CldrInstructions(FACTS, SELECTION, 3);
        int[] places = new int[4];
        for (int i = 0; i < HELD_OUT.size(); i++) {
            CldrChoice choice = instructions.choice(HELD_OUT.get(i), i);
            assertThat(choice.options()).hasSize(4).doesNotHaveDuplicates();
            assertThat(choice.options().get(choice.right())).isEqualTo(HELD_OUT.get(i).output());
            places[choice.right()]++;
        }
        assertThat(places).allSatisfy(count -> assertThat(count).isBetween(70, 140)); // 105 each, of 420
    }

    @Test
    void sameSeedGivesTheSameBytesAndAnotherSeedOthers(@TempDir Path folder) throws Exception {
        JsonlWriter writer = new JsonlWriter();
        writer.instructions(folder.resolve("a/tuning.jsonl"), TUNING);
        writer.instructions(
                folder.resolve("b/tuning.jsonl"), new CldrInstructions(new CldrFacts(), SELECTION, 3).tuning(12_000));
        assertThat(folder.resolve("a/tuning.jsonl")).hasSameBinaryContentAs(folder.resolve("b/tuning.jsonl"));
        assertThat(new CldrInstructions(FACTS, SELECTION, 4).tuning(100)).isNotEqualTo(TUNING.subList(0, 100));
        try (var files = Files.list(folder.resolve("a"))) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void rowsCarryLanguageTaskDirectionItemAndTemplate(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("held-out.jsonl");
        new JsonlWriter().instructions(file, HELD_OUT);
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        assertThat(lines).hasSize(420);
        assertThat(lines.get(0)).startsWith("{\"instruction\":\"").contains("\"output\":\"", "\"language\":\"en\"",
                "\"task\":\"", "\"direction\":\"zh-en\"", "\"item\":\"", "\"template\":\"");
    }
}
