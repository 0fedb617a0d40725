package dev.throughline.tools.catalog;

import java.util.List;

/** What came of looking for a thing by what was said. */
public sealed interface Said<T> {

    /** Exactly this one. */
    record Found<T>(T thing) implements Said<T> {}

    /** One of these; the caller has to choose. */
    record Unclear<T>(List<T> candidates) implements Said<T> {}

    /** Nothing like it. */
    record Unknown<T>() implements Said<T> {}
}
