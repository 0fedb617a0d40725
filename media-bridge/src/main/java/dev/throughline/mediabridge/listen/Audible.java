package dev.throughline.mediabridge.listen;

/** A live call that can be listened to. From any thread. */
public interface Audible {

    /** Lets {@code ear} hear the call from now on; its {@link Ear#end} is called in any case, unless it is forgotten before. */
    void listen(Ear ear);

    /** Forgets an ear; harmless when it never listened. */
    void forget(Ear ear);
}
