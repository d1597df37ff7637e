package dev.intaglio.protocol.http;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/// What of TLS is used, by servers and clients alike (§13.9; BCP 195, which is RFC 9325; FAPI 2.0 §5.2.1), and whom a client
/// trusts.
public final class Tls {
    /// The newest first; nothing older.
    public static final List<String> VERSIONS = List.of("TLSv1.3", "TLSv1.2");

    /// All of TLS 1.3, and of TLS 1.2 the four that RFC 9325 §4.2 recommends.
    public static final List<String> CIPHER_SUITES = List.of(
            "TLS_AES_256_GCM_SHA384",
            "TLS_AES_128_GCM_SHA256",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");

    private Tls() {}

    /// These versions and cipher suites as the JDK takes them.
    public static SSLParameters parameters() {
        return new SSLParameters(CIPHER_SUITES.toArray(String[]::new), VERSIONS.toArray(String[]::new));
    }

    /// For a client that trusts servers of these authorities and no others.
    public static SSLContext trustingOnly(Collection<X509Certificate> authorities) {
        return trusting(authorities);
    }

    /// For a client that trusts servers of these authorities as well as those that the platform trusts.
    public static SSLContext trustingAlso(Collection<X509Certificate> authorities) {
        var all = new ArrayList<>(authorities);
        all.addAll(trustedByPlatform());
        return trusting(all);
    }

    private static SSLContext trusting(Collection<X509Certificate> authorities) {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            var number = 0;
            for (var authority : authorities) {
                store.setCertificateEntry("authority-" + number++, authority);
            }
            var context = SSLContext.getInstance("TLS");
            context.init(null, trustManagers(store), null);
            return context;
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException("the platform has no TLS", impossible);
        }
    }

    private static List<X509Certificate> trustedByPlatform() {
        try {
            for (var manager : trustManagers(null)) {
                if (manager instanceof X509TrustManager trusting) {
                    return List.of(trusting.getAcceptedIssuers());
                }
            }
            return List.of();
        } catch (GeneralSecurityException unreadable) {
            throw new IllegalStateException("the platform's own trust store cannot be read", unreadable);
        }
    }

    /// @param store null for the platform's own
    private static TrustManager[] trustManagers(@Nullable KeyStore store) throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }
}
