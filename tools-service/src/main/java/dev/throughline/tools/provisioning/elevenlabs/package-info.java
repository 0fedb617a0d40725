/** What a tenant needs at ElevenLabs: secret, tools, webhook, agents, imported number. Blocking, for virtual threads. */
@NullMarked
package dev.throughline.tools.provisioning.elevenlabs;

import org.jspecify.annotations.NullMarked;
