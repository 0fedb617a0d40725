package dev.throughline.localstack.secrets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The secrets of one installation, made at the first use and kept: the values in {@code secrets.env}, the key pair of operator tokens
 * in two PEM files. All are readable by the owner only. A reset keeps them, so a console that is open stays signed in.
 */
public final class LocalSecrets {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path home;
    private final Map<String, String> values;

    private LocalSecrets(Path home, Map<String, String> values) {
        this.home = home;
        this.values = values;
    }

    /**
     * The secrets in {@code home}; what is missing is made and written.
     *
     * @throws IOException when the directory cannot be written
     */
    public static LocalSecrets in(Path home) throws IOException {
        Files.createDirectories(home);
        Path file = home.resolve("secrets.env");
        Map<String, String> values = new LinkedHashMap<>();
        if (Files.exists(file)) {
            Files.readAllLines(file).stream()
                    .filter(line -> line.indexOf('=') > 0)
                    .forEach(line ->
                            values.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
        }
        int known = values.size();
        values.computeIfAbsent("TWILIO_ACCOUNT_SID", name -> "AC" + hex(16));
        values.computeIfAbsent("TWILIO_AUTH_TOKEN", name -> hex(16));
        values.computeIfAbsent("TWILIO_API_KEY", name -> "SK" + hex(16));
        values.computeIfAbsent("TWILIO_API_SECRET", name -> hex(16));
        values.computeIfAbsent("TWILIO_TWIML_APP_SID", name -> "AP" + hex(16));
        values.computeIfAbsent("ELEVENLABS_API_KEY", name -> "sk_" + hex(24));
        values.computeIfAbsent("INTERNAL_SECRET", name -> hex(32));
        LocalSecrets secrets = new LocalSecrets(home, values);
        if (values.size() > known) {
            secrets.write();
        }
        secrets.ensureKeyPair();
        return secrets;
    }

    /** The secret called {@code name}, which must be one of those made above. */
    public String get(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no such secret: " + name);
        }
        return value;
    }

    /** The public key of operator tokens, a PEM file. */
    public Path publicKey() {
        return home.resolve("operator-public.pem");
    }

    /** The private key of operator tokens. */
    public PrivateKey privateKey() throws IOException {
        try {
            return privateKey(privateKeyFile());
        } catch (GeneralSecurityException e) {
            throw new IOException(
                    privateKeyFile() + " is not a private key; remove it and its public half to have new ones made", e);
        }
    }

    /**
     * An RSA key from a PEM file in PKCS #8 form ({@code BEGIN PRIVATE KEY}).
     *
     * @throws IOException when the file cannot be read
     * @throws GeneralSecurityException when something else stands in it
     */
    public static PrivateKey privateKey(Path file) throws IOException, GeneralSecurityException {
        String pem = Files.readString(file);
        byte[] der = Base64.getMimeDecoder()
                .decode(pem.replaceAll("-----[A-Z ]+-----", "").strip());
        return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
    }

    private Path privateKeyFile() {
        return home.resolve("operator-private.pem");
    }

    private void ensureKeyPair() throws IOException {
        if (Files.exists(publicKey()) && Files.exists(privateKeyFile())) {
            return;
        }
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            KeyPair pair = generator.generateKeyPair();
            writePrivately(
                    privateKeyFile(), pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
            writePrivately(publicKey(), pem("PUBLIC KEY", pair.getPublic().getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has RSA", e);
        }
    }

    private void write() throws IOException {
        StringBuilder text = new StringBuilder();
        values.forEach(
                (name, value) -> text.append(name).append('=').append(value).append('\n'));
        writePrivately(home.resolve("secrets.env"), text.toString());
    }

    /** Writes {@code text} to {@code file} at once and with mode 0600, so nobody reads half of it or all of it. */
    public static void writePrivately(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Path temporary = Files.createTempFile(
                file.getParent(),
                file.getFileName().toString(),
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(temporary, text);
        Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String pem(String kind, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n";
    }

    private static String hex(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
