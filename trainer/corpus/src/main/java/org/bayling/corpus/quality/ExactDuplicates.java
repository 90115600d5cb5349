package org.bayling.corpus.quality;

import com.ibm.icu.text.Normalizer2;
import org.bayling.corpus.source.SourceItem;

/**
 * Items whose texts are all the same as an earlier item's, apart from spacing and Unicode's canonical equivalence, from
 * whatever source. The first stays.
 *
 * <p>Asked in source order, by one thread at a time; {@link #fingerprint} is free of state and can be computed by any.
 * Memory: 8 bytes a slot, 11 to 23 bytes an item that stays. Two different items are taken for the same with
 * probability 2^-64 a pair, 3e-7 in all for three million items.
 */
public final class ExactDuplicates implements EarlierItemsFilter {
    public static final String NAME = "exact-duplicate";

    private static final Normalizer2 NFC = Normalizer2.getNFCInstance();

    private final HashSlots seen = new HashSlots();

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public long[] sketch(SourceItem item) {
        return new long[] {fingerprint(item)};
    }

    @Override
    public Verdict offer(long[] sketch) {
        return offer(sketch[0]);
    }

    /** 64 bits that stand for all texts of an item, their languages and roles. */
    public static long fingerprint(SourceItem item) {
        long hash = item instanceof SourceItem.Parallel ? 1 : 2;
        if (item instanceof SourceItem.Parallel parallel) {
            for (String language : parallel.texts().keySet()) {
                hash = Hashing.join(hash, Hashing.text(language));
            }
        }
        for (String part : Side.parts(item)) {
            hash = Hashing.join(hash, Hashing.text(spaced(NFC.normalize(part))));
        }
        return hash;
    }

    /** The verdict on the next item in source order. */
    public Verdict offer(long fingerprint) {
        return seen.add(fingerprint) ? Verdict.KEEP : new Verdict.Drop(NAME, "the same texts as an earlier item");
    }

    /** Items that stayed. */
    public int size() {
        return seen.size();
    }

    /** Every stretch of white space as one space, none at the ends. */
    private static CharSequence spaced(String text) {
        StringBuilder spaced = new StringBuilder(text.length());
        boolean space = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                space = spaced.length() > 0;
            } else {
                if (space) {
                    spaced.append(' ');
                    space = false;
                }
                spaced.append(c);
            }
        }
        return spaced;
    }
}
