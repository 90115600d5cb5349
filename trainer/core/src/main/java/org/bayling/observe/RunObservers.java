package org.bayling.observe;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.bayling.observe.RunEvent.Warned;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Several observers as one, told in the order given with {@link JsonlLog} first. A run must not die because a picture
 * of it could not be written: an observer that fails is told no more, and the others hear of it once. Only the log
 * itself, which everything else can be made from, may stop the run.
 */
public final class RunObservers implements RunObserver {

    private static final Logger LOGGER = LoggerFactory.getLogger(RunObservers.class);

    private final List<RunObserver> logs = new ArrayList<>();
    private final List<RunObserver> others = new ArrayList<>();
    private final List<RunObserver> failed = new ArrayList<>();

    private RunObservers() {}

    /** Takes ownership: closing the result closes all. */
    public static RunObservers of(List<RunObserver> observers) {
        RunObservers all = new RunObservers();
        observers.forEach(o -> (o instanceof JsonlLog ? all.logs : all.others).add(o));
        return all;
    }

    @Override
    public void on(RunEvent event) throws IOException {
        for (RunObserver log : logs) {
            log.on(event);
        }
        for (RunObserver observer : List.copyOf(others)) {
            try {
                observer.on(event);
            } catch (IOException | RuntimeException e) {
                others.remove(observer);
                failed.add(observer);
                String message = observer.getClass().getSimpleName() + " failed and is left out from here on; the run"
                        + " and its log go on: " + e.getMessage();
                LOGGER.debug(message, e);
                on(new Warned(message));
            }
        }
    }

    /** Closes every observer, those that failed too; only what the log itself throws comes out. */
    @Override
    public void close() throws IOException {
        List<RunObserver> rest = new ArrayList<>(others);
        rest.addAll(failed);
        for (RunObserver observer : rest) {
            try {
                observer.close();
            } catch (IOException | RuntimeException e) {
                LOGGER.warn("{} could not be closed: {}", observer.getClass().getSimpleName(), e.getMessage());
            }
        }
        for (RunObserver log : logs) {
            log.close();
        }
    }
}
