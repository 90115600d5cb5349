package org.bayling.evaluation.sentencepiece;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bayling.data.DataException;
import org.bayling.evaluation.sentencepiece.PieceTable.Piece;

/** A SentencePiece model, unigram or BPE. Immutable; safe for use by several threads. */
public final class SentencePieceModel {
    private static final int UNIGRAM = 1;
    private static final int BYTE_PAIRS = 2;

    private final PieceTable pieces;
    private final PieceNormalizer normalizer;
    private final PieceCutter cutter;
    private final boolean byteFallback;

    private SentencePieceModel(Parts parts) {
        pieces = new PieceTable(parts.pieces);
        normalizer = new PieceNormalizer(
                parts.table,
                pieces,
                new PieceNormalizer.Settings(parts.prefix, parts.tidy, parts.escape, parts.suffix));
        cutter = switch (parts.kind) {
            case UNIGRAM -> new UnigramCutter(pieces);
            case BYTE_PAIRS -> new BytePairCutter(pieces);
            default ->
                throw new IllegalArgumentException("its kind is " + parts.kind + "; known are 1, unigram, and 2, BPE");
        };
        byteFallback = parts.byteFallback;
    }

    /**
     * Reads a model.
     *
     * @throws IOException when it cannot be read or is no such model; the message names the file
     */
    public static SentencePieceModel load(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        try {
            Parts parts = new Parts();
            parts.read(new ProtoReader(ByteBuffer.wrap(bytes)));
            if (parts.pieces.isEmpty()) {
                throw new IllegalArgumentException("it has no pieces");
            }
            return new SentencePieceModel(parts);
        } catch (IllegalArgumentException problem) {
            throw new DataException(file + ": is no SentencePiece model: " + problem.getMessage(), problem);
        }
    }

    /** The pieces of a text, as EncodeAsPieces gives them; characters that are not known keep their own form. */
    public List<String> encodeAsPieces(String text) {
        byte[] normalized = normalizer.normalize(text);
        List<String> result = new ArrayList<>();
        int start = 0;
        int unknownFrom = -1;
        for (int end : cutter.cut(normalized)) {
            boolean unknown = pieces.find(normalized, start, end) == PieceTable.NONE;
            if (unknown && byteFallback) {
                for (int i = start; i < end; i++) {
                    result.add(String.format(Locale.ROOT, "<0x%02X>", normalized[i] & 0xFF));
                }
            } else {
                if (unknown && unknownFrom >= 0) { // a run of unknown characters is one piece
                    result.remove(result.size() - 1);
                } else {
                    unknownFrom = unknown ? start : -1;
                }
                int from = unknown ? unknownFrom : start;
                result.add(new String(normalized, from, end - from, StandardCharsets.UTF_8));
            }
            start = end;
        }
        return result;
    }

    /** What is read of the file, with the format's defaults. */
    private static final class Parts {
        private final List<Piece> pieces = new ArrayList<>();
        private int kind = UNIGRAM;
        private boolean byteFallback;
        private boolean suffix;
        private byte[] table = {};
        private boolean prefix = true;
        private boolean tidy = true;
        private boolean escape = true;

        void read(ProtoReader model) {
            while (model.next()) {
                switch (model.field()) {
                    case 1 -> pieces.add(piece(model.message()));
                    case 2 -> readTraining(model.message());
                    case 3 -> readNormalization(model.message());
                    default -> {}
                }
            }
        }

        private static Piece piece(ProtoReader message) {
            byte[] text = {};
            float score = 0;
            int type = PieceTable.NORMAL;
            while (message.next()) {
                switch (message.field()) {
                    case 1 -> text = message.array();
                    case 2 -> score = message.real();
                    case 3 -> type = message.number();
                    default -> {}
                }
            }
            return new Piece(text, score, type);
        }

        private void readTraining(ProtoReader message) {
            while (message.next()) {
                switch (message.field()) {
                    case 3 -> kind = message.number();
                    case 24 -> suffix = message.truth();
                    case 35 -> byteFallback = message.truth();
                    default -> {}
                }
            }
        }

        private void readNormalization(ProtoReader message) {
            while (message.next()) {
                switch (message.field()) {
                    case 2 -> table = message.array();
                    case 3 -> prefix = message.truth();
                    case 4 -> tidy = message.truth();
                    case 5 -> escape = message.truth();
                    default -> {}
                }
            }
        }
    }
}
