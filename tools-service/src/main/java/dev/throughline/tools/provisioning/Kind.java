package dev.throughline.tools.provisioning;

/** The kinds of things a tenant needs, with the place where they are. */
public enum Kind {
    SECRET(Target.ELEVENLABS),
    TOOL(Target.ELEVENLABS),
    WEBHOOK(Target.ELEVENLABS),
    AGENT(Target.ELEVENLABS),
    IMPORTED_NUMBER(Target.ELEVENLABS),
    TWIML_APP(Target.TWILIO),
    NUMBER(Target.TWILIO),
    MESSAGING_SERVICE(Target.TWILIO),
    RECORD(Target.THROUGHLINE);

    /** Where things are. */
    public enum Target {
        ELEVENLABS("ElevenLabs"),
        TWILIO("Twilio"),
        THROUGHLINE("Throughline");

        private final String shown;

        Target(String shown) {
            this.shown = shown;
        }

        /** Its name for people. */
        public String shown() {
            return shown;
        }
    }

    private final Target target;

    Kind(Target target) {
        this.target = target;
    }

    public Target target() {
        return target;
    }
}
