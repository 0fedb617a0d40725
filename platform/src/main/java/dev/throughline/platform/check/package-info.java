/**
 * Lets an installation examine itself through its own public address: a request signed as a provider signs, answered by the service it
 * reaches with a proof that it is ours. Changes nothing.
 */
@NullMarked
package dev.throughline.platform.check;

import org.jspecify.annotations.NullMarked;
