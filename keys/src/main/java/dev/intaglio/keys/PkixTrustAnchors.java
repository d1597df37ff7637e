package dev.intaglio.keys;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXCertPathValidatorResult;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXReason;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.security.auth.x500.X500Principal;

/// Path validation of RFC 5280 §6 as the JDK does it, and the few rules about leaf and anchor that it leaves to us.
final class PkixTrustAnchors implements TrustAnchors {

    private static final int MAX_NAME_LENGTH = 200;
    private static final int DIGITAL_SIGNATURE = 0;
    private static final int NON_REPUDIATION = 1;

    private final Set<TrustAnchor> anchors;
    private final Set<X509Certificate> certificates;

    PkixTrustAnchors(Collection<X509Certificate> anchors) {
        this.certificates = Set.copyOf(anchors);
        this.anchors = certificates.stream()
                .map(anchor -> new TrustAnchor(anchor, null))
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Trust check(List<X509Certificate> chain, Instant at) {
        if (chain.isEmpty()) return new Untrusted("the chain is empty");
        var leaf = chain.getFirst();
        try {
            // HAIP §4.5.1 and §6.1.1
            if (Chains.isSelfSigned(leaf)) return new Untrusted("the leaf, of " + name(leaf) + ", is self-signed");
            if (!mayBeUsedForSignatures(leaf))
                return new Untrusted("the keyUsage of the leaf, of " + name(leaf) + ", does not include signatures");
            return validate(chain, at);
        } catch (GeneralSecurityException | RuntimeException unreadable) {
            // Extensions are parsed late, and a hostile one may break the parser instead of being refused by it.
            return new Untrusted("the chain of " + name(leaf) + " cannot be judged: " + unreadable);
        }
    }

    /// Path validation asks this of the CAs only (RFC 5280 §6.1.4 (n)); §4.2.1.3 asks it of the leaf.
    private static boolean mayBeUsedForSignatures(X509Certificate leaf) {
        var usage = leaf.getKeyUsage();
        return usage == null || usage[DIGITAL_SIGNATURE] || usage[NON_REPUDIATION];
    }

    private Trust validate(List<X509Certificate> chain, Instant at) throws GeneralSecurityException {
        var parameters = new PKIXParameters(anchors);
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(at));
        var path = CertificateFactory.getInstance("X.509").generateCertPath(chain);
        try {
            var result = (PKIXCertPathValidatorResult)
                    CertPathValidator.getInstance("PKIX").validate(path, parameters);
            return judge(result.getTrustAnchor().getTrustedCert(), chain, at);
        } catch (CertPathValidatorException invalid) {
            var shown = chain.stream().filter(certificates::contains).findFirst();
            return shown.map(PkixTrustAnchors::anchorShown).orElseGet(() -> explain(invalid, chain));
        }
    }

    private static Trust judge(X509Certificate anchor, List<X509Certificate> chain, Instant at) {
        if (chain.contains(anchor)) return anchorShown(anchor);
        // RFC 5280 leaves the anchor's own validity to policy. Ours: what its maker let expire is no ground for trust.
        if (at.isBefore(anchor.getNotBefore().toInstant())
                || at.isAfter(anchor.getNotAfter().toInstant()))
            return new Untrusted("the trust anchor " + name(anchor) + " is valid only from "
                    + anchor.getNotBefore().toInstant() + " to "
                    + anchor.getNotAfter().toInstant());
        return new Trusted(anchor);
    }

    private static Trust anchorShown(X509Certificate anchor) {
        return new Untrusted("the chain contains its trust anchor " + name(anchor) + ", which has to be left out");
    }

    private static Trust explain(CertPathValidatorException invalid, List<X509Certificate> chain) {
        var last = chain.getLast();
        if (invalid.getReason() == PKIXReason.NO_TRUST_ANCHOR)
            return new Untrusted(name(last) + " was issued by " + name(last.getIssuerX500Principal())
                    + ", which is not among the trust anchors");
        var at = invalid.getIndex() < 0 ? last : chain.get(invalid.getIndex());
        if (invalid.getReason() == BasicReason.EXPIRED)
            return new Untrusted("the certificate of " + name(at) + " is expired since "
                    + at.getNotAfter().toInstant());
        if (invalid.getReason() == BasicReason.NOT_YET_VALID)
            return new Untrusted("the certificate of " + name(at) + " is not valid before "
                    + at.getNotBefore().toInstant());
        if (invalid.getReason() == BasicReason.INVALID_SIGNATURE)
            return new Untrusted("the signature on the certificate of " + name(at) + " is not by "
                    + name(at.getIssuerX500Principal()));
        return new Untrusted("the certificate of " + name(at) + " is refused: " + printable(invalid.toString()));
    }

    private static String name(X509Certificate certificate) {
        return name(certificate.getSubjectX500Principal());
    }

    private static String name(X500Principal principal) {
        return printable(principal.getName());
    }

    /// Names in certificates are chosen by strangers and end in our log.
    private static String printable(String text) {
        var oneLine = text.replaceAll("\\p{C}", "?");
        return oneLine.length() <= MAX_NAME_LENGTH ? oneLine : oneLine.substring(0, MAX_NAME_LENGTH) + "…";
    }
}
