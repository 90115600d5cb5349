package org.bayling.tokenizer.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The text of a {@code tokenizer.json} for a {@link BytePairVocabulary}. */
public final class TokenizerJsonWriter {
    private final ObjectMapper json = new ObjectMapper();

    /** One line of JSON; equal vocabularies give equal text. */
    public String text(BytePairVocabulary vocabulary) {
        ObjectNode root = json.createObjectNode();
        root.put("version", "1.0");
        root.putNull("truncation");
        root.putNull("padding");
        addControls(root.putArray("added_tokens"), vocabulary);
        root.putNull("normalizer");
        ObjectNode split = root.putObject("pre_tokenizer").put("type", "Sequence");
        ArrayNode steps = split.putArray("pretokenizers");
        ObjectNode words = steps.addObject().put("type", "Split");
        words.putObject("pattern").put("Regex", BytePairTrainer.WORD);
        words.put("behavior", "Isolated").put("invert", false);
        addByteLevel(steps.addObject());
        root.putNull("post_processor");
        addByteLevel(root.putObject("decoder"));
        addModel(root.putObject("model"), vocabulary);
        try {
            return json.writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of strings and numbers is always JSON", e);
        }
    }

    private static void addControls(ArrayNode added, BytePairVocabulary vocabulary) {
        for (int id = 0; id < vocabulary.controls().size(); id++) {
            added.addObject()
                    .put("id", id)
                    .put("content", vocabulary.controls().get(id))
                    .put("single_word", false)
                    .put("lstrip", false)
                    .put("rstrip", false)
                    .put("normalized", false)
                    .put("special", true);
        }
    }

    private static void addByteLevel(ObjectNode node) {
        node.put("type", "ByteLevel")
                .put("add_prefix_space", false)
                .put("trim_offsets", true)
                .put("use_regex", false);
    }

    private static void addModel(ObjectNode model, BytePairVocabulary vocabulary) {
        model.put("type", "BPE");
        model.putNull("dropout");
        model.putNull("unk_token");
        model.putNull("continuing_subword_prefix");
        model.putNull("end_of_word_suffix");
        model.put("fuse_unk", false).put("byte_fallback", false).put("ignore_merges", false);
        ObjectNode vocab = model.putObject("vocab");
        int id = 0;
        for (String control : vocabulary.controls()) {
            vocab.put(control, id++);
        }
        for (String piece : vocabulary.pieces()) {
            vocab.put(piece, id++);
        }
        ArrayNode merges = model.putArray("merges");
        for (BytePairVocabulary.Merge merge : vocabulary.merges()) {
            merges.addArray().add(merge.left()).add(merge.right());
        }
    }
}
