package org.bayling.tokenizer.chat;

import java.util.Set;

/**
 * Which tokens of a rendered conversation are trained.
 *
 * @param trainOnPrompt     train every token
 * @param maskHistory       train only the last turn of the trained roles
 * @param rolesToTrain      roles whose turns are trained; a message's own {@code train} flag goes before it
 * @param trainOnEos        which stop tokens are trained
 * @param trimAfterLastStop drop what the template puts behind the last trained turn's stop token, such as a newline
 */
public record Masking(
        boolean trainOnPrompt,
        boolean maskHistory,
        Set<String> rolesToTrain,
        TrainOnEos trainOnEos,
        boolean trimAfterLastStop) {
    public Masking {
        rolesToTrain = Set.copyOf(rolesToTrain);
    }

    /** Assistant turns with their stop tokens; nothing kept behind the last one. */
    public static Masking assistantOnly() {
        return new Masking(false, false, Set.of("assistant"), TrainOnEos.TURN, true);
    }
}
