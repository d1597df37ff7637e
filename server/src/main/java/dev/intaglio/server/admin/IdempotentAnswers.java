package dev.intaglio.server.admin;

import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.server.admin.AdminCallers.Caller;
import dev.intaglio.storage.jdbc.IdempotentAnswerStore;
import dev.intaglio.storage.jdbc.IdempotentAnswerStore.Answer;
import dev.intaglio.storage.jdbc.IdempotentAnswerStore.Claim;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/// Answers a POST that comes twice with one `Idempotency-Key` the same way, and does what it asks for once. The same key with
/// another request is refused with 422; while the first is being answered the second gets 409. Answers lie in the database
/// encrypted under a key that is made of the Idempotency-Key, of which the database has a hash only: they hold codes.
final class IdempotentAnswers extends OncePerRequestFilter {
    private static final String HEADER = "Idempotency-Key";
    private static final int LONGEST_KEY = 255;
    private static final int MAX_BODY = 1024 * 1024;
    private static final int IV = 12;

    /// Whoever dies while he answers holds the key for so long.
    private static final Duration ANSWERING = Duration.ofMinutes(2);

    private static final Set<String> KEPT_HEADERS =
            Set.of("Content-Type", "Location", "Cache-Control", "WWW-Authenticate");

    private final String adminPath;
    private final AdminCallers callers;
    private final IdempotentAnswerStore store;
    private final Duration retention;
    private final Clock clock;
    private final SecureRandom random;

    IdempotentAnswers(
            String adminPath,
            AdminCallers callers,
            IdempotentAnswerStore store,
            Duration retention,
            Clock clock,
            SecureRandom random) {
        this.adminPath = adminPath;
        this.callers = callers;
        this.store = store;
        this.retention = retention;
        this.clock = clock;
        this.random = random;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getMethod().equals("POST")
                || request.getHeader(HEADER) == null
                || !request.getServletPath().startsWith(adminPath + "/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var caller = callers.of(request);
        var key = Optional.ofNullable(request.getHeader(HEADER)).orElse("");
        if (caller.isEmpty()) {
            chain.doFilter(request, response); // is refused there
            return;
        }
        if (key.isBlank() || key.length() > LONGEST_KEY) {
            Problem.write(response, 400, "Bad Request", HEADER + " has from 1 to " + LONGEST_KEY + " characters");
            return;
        }
        var body = request.getInputStream().readNBytes(MAX_BODY + 1);
        if (body.length > MAX_BODY) {
            Problem.write(response, 413, "Content Too Large", "the request is larger than " + MAX_BODY + " bytes");
            return;
        }
        var id = hash("id", key, caller.get());
        var secret = bytes("answer", key, caller.get());
        switch (store.claim(id, fingerprint(request, body), clock.instant(), ANSWERING)) {
            case Claim.Mine() -> answer(new Again(request, body), response, chain, id, secret);
            case Claim.Busy() ->
                Problem.write(
                        response, 409, "Conflict", "the first request with this " + HEADER + " is being answered");
            case Claim.Other() ->
                Problem.write(
                        response, 422, "Unprocessable Content", "this " + HEADER + " came with another request before");
            case Claim.Answered(var answer) -> replay(answer, response, secret);
        }
    }

    /// What says nothing about the request itself, a fault of ours or a missing right, is not kept: it may go well next time.
    private void answer(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain, String id, byte[] secret)
            throws ServletException, IOException {
        var caught = new ContentCachingResponseWrapper(response);
        var kept = false;
        try {
            chain.doFilter(request, caught);
            var status = caught.getStatus();
            if (status < 500 && status != 401 && status != 403 && status != 429) {
                var headers = new LinkedHashMap<String, String>();
                for (var name : KEPT_HEADERS) {
                    Optional.ofNullable(caught.getHeader(name)).ifPresent(value -> headers.put(name, value));
                }
                store.answered(
                        id,
                        new Answer(status, headers, encrypt(caught.getContentAsByteArray(), secret)),
                        clock.instant().plus(retention));
                kept = true;
            }
        } finally {
            if (!kept) {
                store.release(id);
            }
        }
        caught.copyBodyToResponse();
    }

    private static void replay(Answer answer, HttpServletResponse response, byte[] secret) throws IOException {
        response.setStatus(answer.status());
        answer.headers().forEach(response::setHeader);
        response.setHeader("Idempotency-Replayed", "true");
        response.getOutputStream().write(decrypt(answer.body(), secret));
    }

    private static String fingerprint(HttpServletRequest request, byte[] body) {
        var line = request.getMethod() + " " + request.getRequestURI() + "?"
                + Optional.ofNullable(request.getQueryString()).orElse("") + "\n";
        return SignedJwt.sha256((line + SignedJwt.sha256(body)).getBytes(StandardCharsets.UTF_8));
    }

    private static String hash(String purpose, String key, Caller caller) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(purpose, key, caller));
    }

    private static byte[] bytes(String purpose, String key, Caller caller) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest((purpose + "\n" + caller.id() + "\n" + key).getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private byte[] encrypt(byte[] body, byte[] secret) {
        var iv = new byte[IV];
        random.nextBytes(iv);
        var encrypted = cipher(Cipher.ENCRYPT_MODE, secret, iv, body, 0);
        var both = new byte[IV + encrypted.length];
        System.arraycopy(iv, 0, both, 0, IV);
        System.arraycopy(encrypted, 0, both, IV, encrypted.length);
        return both;
    }

    private static byte[] decrypt(byte[] both, byte[] secret) {
        var iv = new byte[IV];
        System.arraycopy(both, 0, iv, 0, IV);
        return cipher(Cipher.DECRYPT_MODE, secret, iv, both, IV);
    }

    private static byte[] cipher(int mode, byte[] secret, byte[] iv, byte[] input, int from) {
        try {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(secret, "AES"), new GCMParameterSpec(128, iv));
            return cipher.doFinal(input, from, input.length - from);
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException("an answer that was kept cannot be read", failed);
        }
    }

    /// The request with its body in it.
    private static final class Again extends HttpServletRequestWrapper {
        private final byte[] body;

        Again(HttpServletRequest request, byte[] body) {
            super(request);
            this.body = body;
        }

        @Override
        public ServletInputStream getInputStream() {
            var bytes = new ByteArrayInputStream(body);
            return new ServletInputStream() {
                @Override
                public boolean isFinished() {
                    return bytes.available() == 0;
                }

                @Override
                public boolean isReady() {
                    return true;
                }

                @Override
                public void setReadListener(ReadListener listener) {
                    throw new UnsupportedOperationException("all of it is there");
                }

                @Override
                public int read() {
                    return bytes.read();
                }
            };
        }
    }
}
