/**
 * The two words the bridge has with telephony-gateway: how a stream ended, before its socket closes, and the briefing of a call that has
 * a story. Both within a time a caller does not notice, both dispensable.
 */
@NullMarked
package dev.throughline.mediabridge.gateway;

import org.jspecify.annotations.NullMarked;
