/** What a native executable must be told of while it is built; nothing here runs in a service. */
@NullMarked
package dev.throughline.platform.nativeimage;

import org.jspecify.annotations.NullMarked;
