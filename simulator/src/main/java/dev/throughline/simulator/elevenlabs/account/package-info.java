/**
 * What an ElevenLabs workspace holds: agents, tools, secrets, webhooks, settings and phone numbers, with the REST
 * endpoints that create and change them. Everything survives a restart of the stand-in.
 */
@NullMarked
package dev.throughline.simulator.elevenlabs.account;

import org.jspecify.annotations.NullMarked;
