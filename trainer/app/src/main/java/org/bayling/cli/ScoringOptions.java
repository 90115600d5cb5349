package org.bayling.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bayling.evaluation.significance.Bootstrap;
import org.bayling.evaluation.translate.MetricChoice;
import org.bayling.evaluation.translate.ScoringChoice;
import picocli.CommandLine.Option;

/** What is computed of translations of a test set. */
final class ScoringOptions {
    @Option(
            names = {"-m", "--metrics"},
            split = ",",
            paramLabel = "NAME",
            description = "bleu, spbleu, chrf, chrf++, ter, separated by commas; default bleu,chrf++.")
    private List<String> metrics = List.of();

    @Option(
            names = {"--tokenize", "-tok"},
            paramLabel = "NAME",
            description = {
                "BLEU's tokenizer: 13a, zh, intl, char, none.",
                "Default zh for Chinese, char for Japanese and Korean, else 13a."
            })
    private Optional<String> tokenize = Optional.empty();

    @Option(names = "--spm-model", paramLabel = "FILE", description = "The SentencePiece model of spbleu.")
    private Optional<Path> spmModel = Optional.empty();

    @Option(
            names = "--spm-name",
            paramLabel = "NAME",
            defaultValue = MetricChoice.SPM_NAME,
            description = "Its name in signatures: flores101, flores200 (default), spBLEU-1K.")
    private String spmName;

    @Option(names = "--no-confidence", description = "Leave confidence intervals out.")
    private boolean noConfidence;

    @Option(names = "--no-language-check", description = "Do not look at which language outputs are in.")
    private boolean noLanguageCheck;

    /** @throws IllegalArgumentException for an unknown metric or tokenizer, or one that lacks its file */
    ScoringChoice choice() throws IOException {
        return new ScoringChoice(
                new MetricChoice(
                        metrics.isEmpty() ? MetricChoice.defaults(spmModel.isPresent()) : metrics,
                        tokenize,
                        spmModel,
                        spmName),
                noConfidence ? Optional.empty() : Optional.of(Bootstrap.STANDARD),
                !noLanguageCheck,
                Version.program());
    }
}
