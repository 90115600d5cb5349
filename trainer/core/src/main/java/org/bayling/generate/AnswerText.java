package org.bayling.generate;

import java.util.List;
import java.util.Optional;
import org.bayling.tokenizer.TextStream;
import org.bayling.tokenizer.Tokenizer;

/** The text of an answer's tokens; without a tokenizer there is none. */
record AnswerText(Optional<Tokenizer> tokenizer, StopRule stop) {
    /**
     * A text.
     *
     * @param text up to the stop string if there is one
     * @param stopped whether there is one
     */
    record Shown(String text, boolean stopped) {}

    Shown of(int[] ids, List<String> stopStrings) {
        if (tokenizer.isEmpty()) {
            return new Shown("", false);
        }
        TextStream stream = tokenizer.get().stream(true);
        StopStringScan scan = new StopStringScan(stopStrings);
        StringBuilder text = new StringBuilder();
        for (int id : ids) {
            if (!stop.stops(id) && !scan.found() && tokenizer.get().token(id).isPresent()) {
                text.append(scan.push(stream.push(id)));
            }
        }
        if (!scan.found()) {
            text.append(scan.push(stream.finish()));
        }
        text.append(scan.finish());
        return new Shown(text.toString(), scan.found());
    }
}
