package org.bayling.evaluation.translate;

import java.util.List;

/**
 * A direction and its translations.
 *
 * @param hypotheses one for each segment, as they are scored
 */
record TranslatedDirection(DirectionTexts texts, List<String> hypotheses) {
    TranslatedDirection {
        hypotheses = List.copyOf(hypotheses);
    }

    Direction direction() {
        return texts.direction();
    }
}
