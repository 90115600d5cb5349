package org.bayling.corpus.build;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bayling.corpus.mixture.Cell;
import org.bayling.corpus.sample.CorpusSample;
import org.bayling.corpus.sample.Group;
import org.bayling.corpus.sample.Turn;
import org.bayling.corpus.source.SourceItem;
import org.bayling.corpus.task.Assignment;
import org.bayling.corpus.task.CrossLingualTasks;
import org.bayling.corpus.task.Tasks;

/** What samples are made of: one item, or several consecutive ones of a text. */
sealed interface Material {
    /** One thing that can be made of it. */
    record Candidate(Cell cell, Assignment assignment, long characters) {}

    /** Everything that can be made of it, always in the same order. */
    List<Candidate> candidates(Workshop workshop);

    /** Makes one of them; a pure function of its arguments. */
    CorpusSample make(Candidate candidate, long seed, Workshop workshop);

    /**
     * What making needs.
     *
     * @param groups by source, where the recipe names one
     */
    record Workshop(CrossLingualTasks tasks, Map<String, Group> groups) {}

    /** An instruction, taken as it is. */
    record Given(SourceItem.Instruction item) implements Material {
        @Override
        public List<Candidate> candidates(Workshop workshop) {
            Group group = workshop.groups().getOrDefault(item.source(), group(item.language()));
            Cell cell = new Cell(group, item.language(), Tasks.INSTRUCTION, item.language());
            return List.of(new Candidate(cell, null, characters(item.messages())));
        }

        @Override
        public CorpusSample make(Candidate candidate, long seed, Workshop workshop) {
            Cell cell = candidate.cell();
            return new CorpusSample(cell.group(), cell.language(), cell.task(), cell.direction(), "", item.source(),
                    item.key(), item.messages());
        }

        private static Group group(String language) {
            String primary = language.contains("-") ? language.substring(0, language.indexOf('-')) : language;
            return switch (primary) {
                case "zh" -> Group.CHINESE;
                case "en" -> Group.ENGLISH;
                default -> Group.CROSS_LINGUAL;
            };
        }

        private static long characters(List<Turn> messages) {
            return messages.stream().mapToLong(turn -> turn.content().length()).sum();
        }
    }

    /** Parallel text or a question with choices. */
    record Single(SourceItem item) implements Material {
        @Override
        public List<Candidate> candidates(Workshop workshop) {
            return Material.candidates(workshop.tasks().possible(item), List.of(item));
        }

        @Override
        public CorpusSample make(Candidate candidate, long seed, Workshop workshop) {
            return workshop.tasks().make(item, candidate.assignment(), seed);
        }
    }

    /** Consecutive items of one source. */
    record Several(List<SourceItem.Parallel> items) implements Material {
        /** How many items are taken together. */
        static final int ITEMS = 3;

        @Override
        public List<Candidate> candidates(Workshop workshop) {
            return Material.candidates(workshop.tasks().possibleOfSeveral(items), items);
        }

        @Override
        public CorpusSample make(Candidate candidate, long seed, Workshop workshop) {
            return workshop.tasks().makeList(items, candidate.assignment(), seed);
        }
    }

    private static List<Candidate> candidates(List<Assignment> assignments, List<? extends SourceItem> items) {
        List<Candidate> candidates = new ArrayList<>(assignments.size());
        for (Assignment a : assignments) {
            Cell cell = new Cell(Group.CROSS_LINGUAL, a.language(), a.task(), a.direction());
            candidates.add(new Candidate(cell, a, characters(items, a)));
        }
        return candidates;
    }

    private static long characters(List<? extends SourceItem> items, Assignment assignment) {
        long characters = 0;
        for (SourceItem item : items) {
            if (item instanceof SourceItem.Parallel parallel) {
                characters += parallel.texts().getOrDefault(assignment.from(), "").length();
                characters += assignment.to().equals(assignment.from())
                        ? 0
                        : parallel.texts().getOrDefault(assignment.to(), "").length();
            } else if (item instanceof SourceItem.Choice choice) {
                characters += choice.context().length();
                characters += choice.choices().stream().mapToLong(String::length).sum();
            }
        }
        return characters;
    }

    /** Takes materials one by one. */
    @FunctionalInterface
    interface Sink {
        void accept(Material material) throws IOException;
    }

    /** Turns items in order into materials in order: each by itself, and running text also by threes. */
    final class Cutter implements ItemStore.Sink {
        private final Sink sink;
        private final List<SourceItem.Parallel> text;

        Cutter(Sink sink) {
            this(sink, List.of());
        }

        /** @param begun sentences before the first item that belong to a text which is not full yet */
        Cutter(Sink sink, List<SourceItem.Parallel> begun) {
            this.sink = sink;
            this.text = new ArrayList<>(begun);
        }

        /** Whether the item is one of those that are taken by threes. */
        static boolean isOfText(SourceItem item) {
            return item instanceof SourceItem.Parallel parallel && parallel.kind() == SourceItem.Kind.SENTENCE;
        }

        /**
         * Sentences that wait for the rest of their text behind a part of a source.
         *
         * @param before those that waited in front of the part
         * @param sentences of the part, and the last ones of these: two, or as many as there are
         */
        static List<SourceItem.Parallel> begun(
                List<SourceItem.Parallel> before, long sentences, List<SourceItem.Parallel> last) {
            if (sentences == 0) {
                return before;
            }
            boolean goesOn = !before.isEmpty() && before.get(0).source().equals(last.get(0).source());
            List<SourceItem.Parallel> all = new ArrayList<>(goesOn ? before : List.of());
            int waiting = (int) ((all.size() + sentences) % Several.ITEMS);
            all.addAll(last);
            return List.copyOf(all.subList(all.size() - waiting, all.size()));
        }

        @Override
        public void accept(SourceItem item) throws IOException {
            if (item instanceof SourceItem.Instruction instruction) {
                sink.accept(new Given(instruction));
                return;
            }
            sink.accept(new Single(item));
            if (isOfText(item)) {
                SourceItem.Parallel parallel = (SourceItem.Parallel) item;
                if (!text.isEmpty() && !text.get(0).source().equals(parallel.source())) {
                    text.clear();
                }
                text.add(parallel);
                if (text.size() == Several.ITEMS) {
                    sink.accept(new Several(List.copyOf(text)));
                    text.clear();
                }
            }
        }
    }
}
