package org.bayling.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which modules, ranks and scales a config means; each case as PEFT decides it. */
class AdapterConfigTest {
    private static final String Q0 = "model.layers.0.self_attn.q_proj";
    private static final String Q11 = "model.layers.11.self_attn.q_proj";

    private static AdapterConfig config(
            List<String> targets, List<String> excluded, List<Integer> layers, List<String> layersPattern) {
        return new AdapterConfig(
                4, 8, 0, targets, excluded, false, false, List.of(), layers, layersPattern, Map.of(), Map.of(),
                Optional.empty(), Map.of());
    }

    private static AdapterConfig ranks(Map<String, Integer> ranks) {
        return new AdapterConfig(
                4, 8, 0, List.of("q_proj"), List.of(), false, false, List.of(), List.of(), List.of(), ranks, Map.of(),
                Optional.empty(), Map.of());
    }

    @Test
    void targetsAreWholeNamesOrSuffixesAtADot() {
        AdapterConfig config = config(List.of("q_proj", "lm_head"), List.of(), List.of(), List.of());
        assertThat(config.targets(Q0)).isTrue();
        assertThat(config.targets("lm_head")).isTrue();
        assertThat(config.targets("model.layers.0.self_attn.fq_proj")).isFalse();
        assertThat(config.targets("model.layers.0.self_attn")).isFalse();
        assertThat(config(List.of("self_attn.q_proj"), List.of(), List.of(), List.of()).targets(Q0)).isTrue();
    }

    @Test
    void exclusionsAndSavedModulesWinOverTargets() {
        AdapterConfig config = config(List.of("q_proj"), List.of("layers.0.self_attn.q_proj"), List.of(), List.of());
        assertThat(config.targets(Q0)).isFalse();
        assertThat(config.targets(Q11)).isTrue();
        AdapterConfig saved = AdapterConfig.lora(4, 8, 0, List.of("lm_head", "q_proj"))
                .withModulesToSave(List.of("lm_head", "embed_tokens"));
        assertThat(saved.targets("lm_head")).isFalse();
        assertThat(saved.saves("lm_head")).isTrue();
        assertThat(saved.saves("model.embed_tokens")).isTrue();
        assertThat(saved.saves("model.embed_tokens_2")).isFalse();
        assertThat(saved.targets(Q0)).isTrue();
    }

    @Test
    void chosenLayersLimitSuffixesButNotWholeNames() {
        AdapterConfig some = config(List.of("q_proj", Q0), List.of(), List.of(11), List.of());
        assertThat(some.targets(Q11)).isTrue();
        assertThat(some.targets("model.layers.1.self_attn.q_proj")).isFalse();
        assertThat(some.targets(Q0)).as("named in full").isTrue();
        assertThat(config(List.of("q_proj"), List.of(), List.of(11), List.of("layers")).targets(Q11)).isTrue();
        assertThat(config(List.of("q_proj"), List.of(), List.of(11), List.of("h")).targets(Q11)).isFalse();
        assertThat(config(List.of("lm_head"), List.of(), List.of(0), List.of()).targets("model.lm_head")).isFalse();
    }

    @Test
    void patternsMatchTheEndOfANameAtADotAndTheFirstOneCounts() {
        Map<String, Integer> ranks = new LinkedHashMap<>();
        ranks.put("layers.0.self_attn.q_proj", 16);
        ranks.put("q_proj", 2);
        ranks.put("^model.layers.1.mlp.up_proj", 5);
        ranks.put("layers.(2|3).mlp.down_proj", 6);
        AdapterConfig config = ranks(ranks);
        assertThat(config.rankOf(Q0)).isEqualTo(16);
        assertThat(config.rankOf(Q11)).isEqualTo(2);
        assertThat(config.rankOf("model.layers.0.self_attn.fq_proj")).isEqualTo(4);
        assertThat(config.rankOf("model.layers.1.mlp.up_proj")).isEqualTo(5);
        assertThat(config.rankOf("model.layers.3.mlp.down_proj")).isEqualTo(6);
        assertThat(config.rankOf("model.layers.13.mlp.down_proj")).isEqualTo(4);
    }

    @Test
    void theScaleDividesByTheRankOrItsRoot() {
        AdapterConfig plain = ranks(Map.of(Q11, 16));
        assertThat(plain.scaleOf(Q0)).isEqualTo(2);
        assertThat(plain.scaleOf(Q11)).isEqualTo(0.5);
        assertThat(plain.withVariants(true, false).scaleOf(Q11)).isEqualTo(2);
        assertThat(plain.alphaOf(Q11)).isEqualTo(8);
    }

    @Test
    void settingsOutsideOfTheirRangeAreRefused() {
        assertThatThrownBy(() -> AdapterConfig.lora(0, 8, 0, List.of("q_proj"))).hasMessageContaining("r >= 1");
        assertThatThrownBy(() -> AdapterConfig.lora(1, 8, 1, List.of("q_proj"))).hasMessageContaining("lora_dropout 1");
        assertThatThrownBy(() -> ranks(Map.of("(.*a)*b", 1))).hasMessageContaining("(.*a)*b");
    }
}
