package dev.throughline.localstack.settings;

/** Something the person has to change before the command can work. The message is one sentence for them, and all they see. */
public final class SettingsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public SettingsException(String message) {
        super(message);
    }

    public SettingsException(String message, Throwable cause) {
        super(message, cause);
    }
}
