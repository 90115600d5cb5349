package org.bayling.observe;

import java.io.PrintStream;
import java.util.Map;

/**
 * A text output that may be a terminal: then it keeps one live line at the bottom and may use colours; else it takes
 * whole plain lines only. Safe for use by several threads.
 */
public final class Terminal {

    /** What colours are used for; the codes are those of SGR. */
    public enum Colour {
        BOLD("1"),
        FAINT("2"),
        RED("31"),
        GREEN("32"),
        YELLOW("33"),
        CYAN("36");

        private final String code;

        Colour(String code) {
            this.code = code;
        }
    }

    private static final int DEFAULT_WIDTH = 100;
    private static final String CLEAR_LINE = "\r\033[K";
    // A live line that is too long is clipped at the edge and not wrapped: a wrapped one could not be cleared.
    private static final String NO_WRAP = "\033[?7l";
    private static final String WRAP = "\033[?7h";

    private final PrintStream out;
    private final boolean live;
    private final boolean colours;
    private final int width;
    private boolean lineShown;

    private Terminal(PrintStream out, boolean live, boolean colours, int width) {
        this.out = out;
        this.live = live;
        this.colours = colours;
        this.width = width;
    }

    /**
     * @param out where text goes; stays the caller's, is never closed
     * @param terminal whether a person's terminal is at its other end
     * @param environment of the process: {@code NO_COLOR}, {@code TERM} and {@code COLUMNS} are respected
     */
    public static Terminal of(PrintStream out, boolean terminal, Map<String, String> environment) {
        boolean live = terminal && !"dumb".equals(environment.get("TERM"));
        boolean colours = live && environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Terminal(out, live, colours, columns(environment.getOrDefault("COLUMNS", "")));
    }

    private static int columns(String text) {
        return text.matches("[1-9][0-9]{1,3}") ? Integer.parseInt(text) : DEFAULT_WIDTH;
    }

    /** Whether a live line can be shown. */
    public boolean live() {
        return live;
    }

    /** Columns of a line, a guess where the environment does not tell. */
    public int width() {
        return width;
    }

    /** Replaces the live line; nothing where there is none. */
    public synchronized void showLine(String text) {
        if (live) {
            out.print(NO_WRAP + CLEAR_LINE + text + WRAP);
            out.flush();
            lineShown = true;
        }
    }

    /** Takes the live line away. */
    public synchronized void clearLine() {
        if (lineShown) {
            out.print(CLEAR_LINE);
            out.flush();
            lineShown = false;
        }
    }

    /** Prints a whole line that stays; a live line is gone until it is next shown. */
    public synchronized void println(String text) {
        clearLine();
        out.print(text + "\n");
        out.flush();
    }

    /** The text in a colour where colours are used, else unchanged. */
    public String paint(Colour colour, String text) {
        return colours ? "\033[" + colour.code + "m" + text + "\033[0m" : text;
    }

    /** The text with each control character replaced, because messages hold names out of files. */
    public static String printable(String text) {
        StringBuilder clean = new StringBuilder();
        text.codePoints()
                .map(c -> Character.isISOControl(c) || isBidiControl(c) ? 0xFFFD : c)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }

    /** The same for a message of several lines. */
    static String printableLines(String text) {
        return String.join("\n", text.lines().map(Terminal::printable).toList());
    }

    private static boolean isBidiControl(int codePoint) {
        return codePoint >= 0x202A && codePoint <= 0x202E || codePoint >= 0x2066 && codePoint <= 0x2069;
    }
}
