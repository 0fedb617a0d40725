/**
 * JSON that comes fifty times a second and is thrown away at once: {@link dev.throughline.platform.json.JsonCursor} walks over it without
 * building anything. It is narrow on purpose; whatever it is not sure of is for a full parser to read.
 */
@NullMarked
package dev.throughline.platform.json;

import org.jspecify.annotations.NullMarked;
