package org.bayling.evaluation.translation;
import java.io.IOException;
import java.nio.file.Path;
public final class SentencePieceModel {
    public static SentencePieceModel load(Path p) throws IOException { throw new IOException("later"); }
    public BleuTokenizer tokenizer(String n) { return null; }
}
