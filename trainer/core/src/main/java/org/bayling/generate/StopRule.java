package org.bayling.generate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.bayling.checkpoint.HfModelDir;
import org.bayling.checkpoint.ModelFiles;
import org.bayling.tokenizer.Tokenizer;

/**
 * The tokens that end an answer.
 *
 * @param tokens ids
 */
public record StopRule(Set<Integer> tokens) {
    /** Control tokens that end an assistant's turn in the templates of Llama 3 and ChatML. */
    private static final List<String> END_OF_TURN = List.of("<|eot_id|>", "<|eom_id|>", "<|im_end|>");

    public StopRule {
        tokens = Set.copyOf(tokens);
    }

    /** A rule of these tokens; none generates up to the longest length. */
    public static StopRule of(int... tokens) {
        return new StopRule(Set.copyOf(Arrays.stream(tokens).boxed().toList()));
    }

    /**
     * What a model's own files say: {@code eos_token_id} of {@code generation_config.json} and of {@code config.json}
     * (a number or a list), the tokenizer's {@code eos_token}, and the control tokens that are known to end a turn.
     */
    public static StopRule of(ModelFiles files, Tokenizer tokenizer) {
        SortedSet<Integer> ids = new TreeSet<>();
        if (files instanceof HfModelDir directory) {
            directory.generationConfig().ifPresent(json -> add(json, ids));
        }
        add(files.config(), ids);
        tokenizer.eosId().ifPresent(ids::add);
        for (String token : END_OF_TURN) {
            tokenizer.id(token).stream().filter(tokenizer.controlIds()::contains).forEach(ids::add);
        }
        return new StopRule(ids);
    }

    /** This rule with a further token. */
    public StopRule with(int token) {
        SortedSet<Integer> more = new TreeSet<>(tokens);
        more.add(token);
        return new StopRule(more);
    }

    boolean stops(int token) {
        return tokens.contains(token);
    }

    private static void add(ObjectNode json, Set<Integer> ids) {
        JsonNode eos = json.path("eos_token_id");
        if (eos.isIntegralNumber()) {
            ids.add(eos.asInt());
        }
        eos.forEach(id -> ids.add(id.asInt()));
    }
}
