package org.bayling.cli;

import java.io.PrintWriter;
import org.bayling.generate.TokenListener;

/** Prints an answer while it grows. A model may write anything: what would steer a terminal is replaced. */
final class AnswerPrinter implements TokenListener {
    private final PrintWriter out;

    AnswerPrinter(PrintWriter out) {
        this.out = out;
    }

    @Override
    public boolean onToken(int id, String text) {
        print(text);
        return true;
    }

    void print(String text) {
        text.codePoints()
                .map(c -> Character.isISOControl(c) && c != '\n' && c != '\t' ? 0xFFFD : c)
                .forEach(c -> out.print(Character.toString(c)));
        out.flush();
    }
}
