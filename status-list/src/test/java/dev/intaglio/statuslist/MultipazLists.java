package dev.intaglio.statuslist;

import dev.intaglio.keys.development.DevelopmentCa;
import java.net.URI;
import java.security.cert.CertificateEncodingException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.EmptyCoroutineContext;
import kotlin.time.DurationKt;
import kotlin.time.DurationUnit;
import kotlinx.coroutines.BuildersKt;
import kotlinx.io.bytestring.ByteString;
import org.multipaz.crypto.X509Cert;
import org.multipaz.webtoken.WebTokenCheck;

/// Calls what Multipaz reads lists with.
final class MultipazLists {
    private MultipazLists() {}

    /// The function's name is none that Java could write.
    static <T> T read(Object companion, byte[] cwt, DevelopmentCa authority, URI uri, Instant at, Class<T> kind)
            throws Exception {
        var fromCwt = Arrays.stream(companion.getClass().getMethods())
                .filter(method -> method.getName().startsWith("fromCwt-")
                        && !method.getName().endsWith("$default"))
                .findFirst()
                .orElseThrow();
        var longestValidity = DurationKt.toDuration(1, DurationUnit.DAYS);
        return kind.cast(BuildersKt.runBlocking(EmptyCoroutineContext.INSTANCE, (scope, continuation) -> {
            try {
                return fromCwt.invoke(
                        companion,
                        cwt,
                        certificate(authority),
                        Map.of(WebTokenCheck.SUB, uri.toString()),
                        kotlin.time.Instant.Companion.fromEpochSeconds(at.getEpochSecond(), 0),
                        longestValidity,
                        (Continuation<?>) continuation);
            } catch (ReflectiveOperationException | CertificateEncodingException failed) {
                throw new IllegalStateException(failed);
            }
        }));
    }

    private static X509Cert certificate(DevelopmentCa authority) throws CertificateEncodingException {
        var encoded = authority.anchor().getEncoded();
        return new X509Cert(new ByteString(encoded, 0, encoded.length));
    }
}
