package dev.throughline.platform.testing;

import dev.throughline.platform.security.VisitorTokens;
import io.smallrye.jwt.build.Jwt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Operator tokens as the product's issuer signs them, with a key pair made for this test run. */
public final class Tokens {

    /** The origin of the page on which {@link #visitor} chats. */
    public static final String VISITORS_PAGE = "https://www.salon.example";

    private static final String DIRECTORY = "throughline.test.keys";

    private Tokens() {}

    /** A token of one tenant; {@code role} is viewer, operator or admin. */
    public static String operator(UUID tenantId, String role) {
        return token(tenantId, role);
    }

    /** A token of an admin of the whole installation. */
    public static String installationAdmin() {
        return token(null, "admin");
    }

    /** A token of a visitor's browser, good for one lead; for the header {@code X-Visitor-Token}. */
    public static String visitor(UUID tenantId, UUID leadId) {
        return visitor(tenantId, leadId, Clock.systemUTC());
    }

    /** As {@link #visitor(UUID, UUID)}, made when {@code clock} says. */
    public static String visitor(UUID tenantId, UUID leadId, Clock clock) {
        return new VisitorTokens(IdentityTestResource.INTERNAL_SECRET, clock).mint(tenantId, leadId, VISITORS_PAGE);
    }

    private static String token(@Nullable UUID tenantId, String role) {
        var claims = Jwt.issuer("throughline")
                .upn(role + "@example.test")
                .groups(Set.of(role))
                .expiresIn(Duration.ofMinutes(10));
        if (tenantId != null) {
            claims.claim("tenant_id", tenantId.toString());
        }
        return claims.sign(privateKey());
    }

    static String publicKeyLocation() throws IOException {
        return directory().resolve("jwt-public.pem").toUri().toString();
    }

    private static PrivateKey privateKey() {
        try {
            byte[] key = Files.readAllBytes(directory().resolve("jwt-private.der"));
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(key));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException | InvalidKeySpecException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Files, because the test and the application may load this class twice. */
    private static synchronized Path directory() throws IOException {
        String known = System.getProperty(DIRECTORY);
        if (known != null) {
            return Path.of(known);
        }
        Path directory = Files.createTempDirectory("throughline-test-keys");
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            KeyPair pair = generator.generateKeyPair();
            String pem = "-----BEGIN PUBLIC KEY-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'})
                            .encodeToString(pair.getPublic().getEncoded())
                    + "\n-----END PUBLIC KEY-----\n";
            Files.writeString(directory.resolve("jwt-public.pem"), pem);
            Files.write(directory.resolve("jwt-private.der"), pair.getPrivate().getEncoded());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        System.setProperty(DIRECTORY, directory.toString());
        return directory;
    }
}
