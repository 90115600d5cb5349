package org.bayling.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bayling.data.Batch;
import org.bayling.data.Group;
import org.bayling.observe.RunEvent.GroupLoss;

/** Loss sums, trained tokens and their bytes, in all and by group of the data; sums are taken in order, in double. */
public final class LossTally {
    private final double[] lossSums;
    private final long[] trainedTokens;
    private final long[] bytes;

    LossTally(int groups) {
        this.lossSums = new double[groups];
        this.trainedTokens = new long[groups];
        this.bytes = new long[groups];
    }

    /** Adds one row; {@code loss} holds its trained positions in ascending order. */
    void add(Batch row, LossHead.Result loss) {
        int document = 0;
        for (int i = 0; i < loss.positions().length; i++) {
            while (loss.positions()[i] >= row.starts()[document + 1]) {
                document++;
            }
            lossSums[row.groups()[document]] += loss.losses()[i];
            trainedTokens[row.groups()[document]]++;
        }
        for (int d = 0; d < row.documents(); d++) {
            bytes[row.groups()[d]] += row.trainedBytes()[d];
        }
    }

    /** Nats. */
    public double lossSum() {
        double sum = 0;
        for (double part : lossSums) {
            sum += part;
        }
        return sum;
    }

    public long trainedTokens() {
        long sum = 0;
        for (long part : trainedTokens) {
            sum += part;
        }
        return sum;
    }

    /** Mean loss of a token; NaN when none was trained. */
    public double loss() {
        return lossSum() / trainedTokens();
    }

    /**
     * By {@code dataset/<name>}, {@code language/<tag>}, {@code task/<name>} and {@code group/<name>}; those that
     * occurred only.
     */
    public Map<String, GroupLoss> byName(List<Group> groups) {
        Map<String, GroupLoss> named = new LinkedHashMap<>();
        for (int g = 0; g < groups.size(); g++) {
            if (trainedTokens[g] == 0) {
                continue;
            }
            GroupLoss loss = new GroupLoss(lossSums[g], trainedTokens[g], bytes[g]);
            named.merge("dataset/" + groups.get(g).dataset(), loss, LossTally::sum);
            groups.get(g).language().ifPresent(tag -> named.merge("language/" + tag, loss, LossTally::sum));
            groups.get(g).task().ifPresent(task -> named.merge("task/" + task, loss, LossTally::sum));
            groups.get(g).mixtureGroup().ifPresent(name -> named.merge("group/" + name, loss, LossTally::sum));
        }
        return named;
    }

    private static GroupLoss sum(GroupLoss a, GroupLoss b) {
        return new GroupLoss(a.lossSum() + b.lossSum(), a.trainedTokens() + b.trainedTokens(), a.bytes() + b.bytes());
    }
}
