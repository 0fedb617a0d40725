package dev.throughline.tools.invocation;

import java.util.Map;

/**
 * Ends a tool call with a refusal from wherever it is noticed that something is missing or not understood. Nothing was written. Without
 * a stack trace: an expected outcome.
 */
final class AskBack extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ToolAnswer answer;

    AskBack(String code, String sentence) {
        this(code, sentence, Map.of());
    }

    AskBack(String code, String sentence, Map<String, ?> data) {
        super(code, null, false, false);
        this.answer = ToolAnswer.refused(code, sentence, data);
    }

    ToolAnswer answer() {
        return answer;
    }
}
