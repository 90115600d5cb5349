package org.bayling.corpus.quality;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.text.Normalizer2;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bayling.corpus.sample.Turn;
import org.bayling.corpus.source.SourceItem;
import org.junit.jupiter.api.Test;

class DuplicatesTest {
    private static final double LIMIT = 0.8;
    private static final int SHINGLE = 5;

    @Test
    void plantedExactCopiesGoAndNothingElseDoes() throws IOException {
        List<SourceItem> real = realTexts();
        ExactDuplicates filter = new ExactDuplicates();
        Set<List<String>> different = new HashSet<>();
        for (SourceItem item : real) {
            boolean first = different.add(plain(item));
            assertThat(filter.judge(item) == Verdict.KEEP)
                    .as("%s %s", item.source(), item.key())
                    .isEqualTo(first);
        }
        Normalizer2 decomposed = Normalizer2.getNFDInstance();
        for (SourceItem item : real) {
            SourceItem copy =
                    changed(item, text -> " " + decomposed.normalize(text).replace(" ", " \u00A0") + "\n");
            assertThat(filter.judge(copy)).isInstanceOf(Verdict.Drop.class);
        }
        assertThat(filter.size()).isEqualTo(different.size());
    }

    @Test
    void plantedNearCopiesAtJaccardNineTenthsGo() throws IOException {
        List<SourceItem> originals = new ArrayList<>();
        List<SourceItem> copies = new ArrayList<>();
        Random random = new Random(7);
        List<SourceItem> real = realTexts();
        for (int i = 0; i < real.size(); i += 9) {
            SourceItem copy = nearCopy(real.get(i), random);
            if (copy != null) {
                originals.add(real.get(i));
                copies.add(copy);
            }
        }
        assertThat(copies).hasSizeGreaterThan(4000);
        NearDuplicates filter = new NearDuplicates(LIMIT, SHINGLE, 1_000_000);
        originals.forEach(filter::judge);
        long removed = copies.stream()
                .filter(copy -> filter.judge(copy) != Verdict.KEEP)
                .count();
        assertThat((double) removed / copies.size()).isGreaterThanOrEqualTo(0.99);
    }

    @Test
    void falseRemovalsFromRealTextAreAtMostOneInAThousand() throws IOException {
        ExactDuplicates exact = new ExactDuplicates();
        List<SourceItem> real = realTexts().stream()
                .filter(item -> exact.judge(item) == Verdict.KEEP)
                .toList();
        NearDuplicates filter = new NearDuplicates(LIMIT, SHINGLE, 1_000_000);
        List<Integer> removed = IntStream.range(0, real.size())
                .filter(i -> filter.judge(real.get(i)) != Verdict.KEEP)
                .boxed()
                .toList();
        double[] nearest = nearestEarlier(real, removed);
        long below = Arrays.stream(nearest).filter(jaccard -> jaccard < LIMIT).count();
        long far =
                Arrays.stream(nearest).filter(jaccard -> jaccard < LIMIT - 0.15).count();
        assertThat((double) below / real.size()).isLessThanOrEqualTo(0.001);
        assertThat(far).isZero();
    }

    @Test
    void whatStaysDoesNotDependOnThreadsAndIsTheFirstInSourceOrder() throws IOException {
        List<SourceItem> items = new ArrayList<>(SharedTexts.flores().subList(0, 3000));
        items.addAll(items.subList(0, 500));
        NearDuplicates alone = new NearDuplicates(LIMIT, SHINGLE, 1_000_000);
        List<Verdict> expected = items.stream().map(alone::judge).toList();
        NearDuplicates shared = new NearDuplicates(LIMIT, SHINGLE, 1_000_000);
        List<long[]> sketches = items.parallelStream().map(shared::sketch).collect(Collectors.toList());
        assertThat(sketches.stream().map(shared::offer).toList()).isEqualTo(expected);
        assertThat(expected.subList(3000, 3500)).doesNotContain(Verdict.KEEP);
    }

    @Test
    void memoryIsBoundedByTheCapacity() throws IOException {
        NearDuplicates filter = new NearDuplicates(LIMIT, SHINGLE, 100);
        List<SourceItem> items = SharedTexts.flores().subList(0, 1000);
        items.forEach(filter::judge);
        assertThat(filter.size()).isEqualTo(100);
        assertThat(filter.judge(items.get(0))).isInstanceOf(Verdict.Drop.class);
        assertThat(filter.judge(items.get(999))).isEqualTo(Verdict.KEEP);
    }

    @Test
    void widespreadTextDoesNotMakeLookUpsSlow() {
        NearDuplicates filter = new NearDuplicates(1, SHINGLE, 1_000_000);
        String frame = "the same long frame around one number only, again and again and again and again ";
        for (int i = 0; i < 20_000; i++) {
            filter.judge(SharedTexts.pair("s", i, "en", frame + i, "de", "rahmen"));
        }
        assertThat(filter.size()).isGreaterThan(10_000);
    }

    @Test
    void namesNumbersAndDatesPass() {
        NearDuplicates filter = new NearDuplicates(LIMIT, SHINGLE, 1_000_000);
        SourceItem name = new SourceItem.Parallel(
                "cldr",
                "1",
                SourceItem.Kind.DATE,
                new TreeMap<>(Map.of("en", "Monday, 5 January 2026", "de", "Montag, 5. Januar 2026")));
        assertThat(filter.judge(name)).isEqualTo(Verdict.KEEP);
        assertThat(filter.judge(name)).isEqualTo(Verdict.KEEP);
    }

    private static List<SourceItem> realTexts() throws IOException {
        List<SourceItem> items = new ArrayList<>(SharedTexts.news());
        items.addAll(SharedTexts.flores());
        items.addAll(SharedTexts.instructions());
        return items;
    }

    /** Words replaced until the true similarity would fall below 0.9; null where the text is too short for that. */
    private static SourceItem nearCopy(SourceItem item, Random random) {
        Set<String> original = shingles(item);
        SourceItem best = null;
        SourceItem current = item;
        for (int change = 0; change < 50; change++) {
            SourceItem next = oneWordChanged(current, random);
            double jaccard = jaccard(original, shingles(next));
            if (jaccard < 0.9) {
                break;
            }
            current = next;
            best = jaccard < 0.93 ? next : best;
        }
        return best;
    }

    private static SourceItem oneWordChanged(SourceItem item, Random random) {
        int[] part = {random.nextInt(Side.parts(item).size())};
        return changed(item, text -> {
            if (part[0]-- != 0 || text.isEmpty()) {
                return text;
            }
            int at = text.offsetByCodePoints(0, random.nextInt(text.codePointCount(0, text.length())));
            return text.substring(0, at) + (char) ('a' + random.nextInt(26)) + text.substring(at);
        });
    }

    private static SourceItem changed(SourceItem item, UnaryOperator<String> change) {
        if (item instanceof SourceItem.Parallel parallel) {
            Map<String, String> texts = new TreeMap<>(parallel.texts());
            texts.replaceAll((language, text) -> change.apply(text));
            return new SourceItem.Parallel("copy", item.key(), parallel.kind(), new TreeMap<>(texts));
        }
        SourceItem.Instruction instruction = (SourceItem.Instruction) item;
        return new SourceItem.Instruction(
                "copy",
                item.key(),
                instruction.language(),
                instruction.messages().stream()
                        .map(turn -> new Turn(turn.role(), change.apply(turn.content())))
                        .toList());
    }

    /** Texts with every stretch of white space as one space. */
    private static List<String> plain(SourceItem item) {
        List<String> plain = new ArrayList<>();
        plain.add(
                item instanceof SourceItem.Parallel parallel
                        ? parallel.texts().keySet().toString()
                        : "");
        Side.parts(item)
                .forEach(text -> plain.add(Normalizer2.getNFCInstance()
                        .normalize(text)
                        .replaceAll("[\\s\\u00A0\\u3000\\u2000-\\u200A\\u202F\\u2028\\u2029]+", " ")
                        .strip()));
        return plain;
    }

    private static Set<String> shingles(SourceItem item) {
        Set<String> shingles = new HashSet<>();
        for (String part : Side.parts(item)) {
            int[] characters = FoldedText.of(part).plain().codePoints().toArray();
            int width = Math.min(SHINGLE, characters.length);
            for (int i = 0; width > 0 && i + width <= characters.length; i++) {
                shingles.add(new String(characters, i, width));
            }
        }
        return shingles;
    }

    private static double jaccard(Set<String> a, Set<String> b) {
        long common = a.stream().filter(b::contains).count();
        return (double) common / (a.size() + b.size() - common);
    }

    /** The true similarity of some items to the nearest one before each, by way of the shingles they have in common. */
    private static double[] nearestEarlier(List<SourceItem> items, List<Integer> wanted) {
        Map<String, List<Integer>> holders = new HashMap<>();
        int[] sizes = new int[wanted.size()];
        for (int w = 0; w < wanted.size(); w++) {
            Set<String> shingles = shingles(items.get(wanted.get(w)));
            sizes[w] = shingles.size();
            for (String shingle : shingles) {
                holders.computeIfAbsent(shingle, s -> new ArrayList<>()).add(w);
            }
        }
        double[] nearest = new double[wanted.size()];
        for (int i = 0; i < items.size(); i++) {
            Set<String> shingles = shingles(items.get(i));
            int[] common = new int[wanted.size()];
            shingles.forEach(shingle ->
                    holders.getOrDefault(shingle, Collections.emptyList()).forEach(w -> common[w]++));
            for (int w = 0; w < common.length; w++) {
                if (common[w] > 0 && i < wanted.get(w)) {
                    double jaccard = (double) common[w] / (shingles.size() + sizes[w] - common[w]);
                    nearest[w] = Math.max(nearest[w], jaccard);
                }
            }
        }
        return nearest;
    }
}
