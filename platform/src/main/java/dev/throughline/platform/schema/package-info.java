/** Whether the database has the tables this release needs, where it is not this process that makes them. */
@NullMarked
package dev.throughline.platform.schema;

import org.jspecify.annotations.NullMarked;
