package org.bayling.observe;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The frame of a page that needs nothing but itself and can load nothing: style, script, and what is between. */
public final class ReportPage {
    private ReportPage() {}

    /**
     * A whole page.
     *
     * @param title plain text
     * @param style rules beside the common ones, for parts that only this page has
     * @param body markup; everything in it that came from outside went through {@link Html#text}
     */
    public static String of(String title, String style, CharSequence body) throws IOException {
        return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
                + "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';"
                + " style-src 'unsafe-inline'; script-src 'unsafe-inline'\"><title>" + Html.text(title)
                + "</title>\n<style>\n" + resource("report.css") + style + "</style></head>\n<body><main>\n" + body
                + "</main>\n<script>\n" + resource("report.js") + "</script></body></html>\n";
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException(name + " is missing from the program; build or install it again");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
