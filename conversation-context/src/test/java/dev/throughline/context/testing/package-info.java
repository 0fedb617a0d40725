/** What the tests of this module share: publishing events as other services do, and the story of one customer. */
@NullMarked
package dev.throughline.context.testing;

import org.jspecify.annotations.NullMarked;
