package dev.intaglio.credential.vcdm;

import dev.intaglio.credential.CredentialStatus;
import dev.intaglio.credential.RejectedException;
import dev.intaglio.credential.StatusReference;
import dev.intaglio.credential.Verification.Reason;
import dev.intaglio.credential.Verification.Verified;
import dev.intaglio.credential.jose.IssuerCheck;
import dev.intaglio.protocol.json.JsonObject;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;

/// A credential and the registered claims of the JWT it came in say some things twice. Whoever reads one must not learn
/// something else than whoever reads the other, so a difference is refused instead of one going before the other.
final class SecuredClaims {
    private SecuredClaims() {}

    /// @param document the credential
    /// @param jwt the claims set it is in, or is
    static Verified verified(
            String format, JsonObject document, JsonObject jwt, List<X509Certificate> chain, Instant now) {
        var complete = document == jwt ? document : mapped(document, jwt);
        var credential = VcdmCredential.read(complete);
        requireSame("iss", jwt.optionalString("iss"), Optional.of(credential.issuer()), String::equals);
        if (document != jwt) {
            if (credential.model() != DataModel.V1_1) {
                throw new RejectedException(Reason.TYPE, "only credentials of data model 1.1 stand in the claim vc");
            }
            requireSame("sub", jwt.optionalString("sub"), credential.subject(), String::equals);
            requireSame("nbf", IssuerCheck.time(jwt, "nbf"), credential.from(), SecuredClaims::sameSecond);
            requireSame("exp", IssuerCheck.time(jwt, "exp"), credential.until(), SecuredClaims::sameSecond);
        } else if (credential.model() != DataModel.V2_0) {
            throw new RejectedException(Reason.TYPE, "a credential of data model 1.1 stands in the claim vc");
        }
        IssuerCheck.requireValidNow(IssuerCheck.time(jwt, "nbf"), IssuerCheck.time(jwt, "exp"), now);
        var expires = IssuerCheck.requireValidNow(credential.from(), credential.until(), now)
                .or(() -> IssuerCheck.time(jwt, "exp"));
        var holder = IssuerCheck.confirmedKey(jwt).or(credential::subjectKey);
        var status = CredentialStatus.found(StatusReference.in(jwt), credential.status());
        return new Verified(format, credential.type(), complete, holder, chain, expires, status);
    }

    /// VCDM 1.1 §6.3.1: what the credential leaves to the JWT to say.
    private static JsonObject mapped(JsonObject document, JsonObject jwt) {
        var complete = document;
        if (!complete.has("issuer") && jwt.has("iss")) {
            complete = complete.with("issuer", jwt.string("iss"));
        }
        if (!complete.has("id") && jwt.has("jti")) {
            complete = complete.with("id", jwt.string("jti"));
        }
        var from = IssuerCheck.time(jwt, "nbf");
        if (!complete.has("issuanceDate") && from.isPresent()) {
            complete = complete.with("issuanceDate", from.get().toString());
        }
        var until = IssuerCheck.time(jwt, "exp");
        if (!complete.has("expirationDate") && until.isPresent()) {
            complete = complete.with("expirationDate", until.get().toString());
        }
        var subject = complete.object("credentialSubject");
        return subject.has("id") || !jwt.has("sub")
                ? complete
                : complete.with("credentialSubject", subject.with("id", jwt.string("sub")));
    }

    private static <T> void requireSame(
            String claim, Optional<T> inJwt, Optional<T> inCredential, BiPredicate<T, T> same) {
        if (inJwt.isPresent() && inCredential.isPresent() && !same.test(inJwt.get(), inCredential.get())) {
            throw new RejectedException(
                    Reason.MALFORMED, "the claim " + claim + " says something else than the credential does");
        }
    }

    private static boolean sameSecond(Instant one, Instant other) {
        return one.getEpochSecond() == other.getEpochSecond();
    }
}
