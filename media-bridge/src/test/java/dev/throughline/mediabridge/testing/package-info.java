/** Both ends of a call, played by the test: a Media Streams client, an ElevenLabs server, and telephony-gateway's one internal address. */
package dev.throughline.mediabridge.testing;
