package dev.intaglio.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.jca.JCAContext;
import com.nimbusds.jose.util.Base64URL;
import java.util.Set;

/// Lets Nimbus build a JWS while the signature is made by the [SigningKey].
final class SigningKeyJwsSigner implements JWSSigner {

    private final SigningKey key;
    // Nimbus wants one to be there; the key has its own way to the JCA.
    private final JCAContext jcaContext = new JCAContext();

    SigningKeyJwsSigner(SigningKey key) {
        this.key = key;
    }

    @Override
    public Base64URL sign(JWSHeader header, byte[] signingInput) throws JOSEException {
        if (!key.algorithm().equals(header.getAlgorithm()))
            throw new JOSEException("the header says " + header.getAlgorithm() + ", the key signs " + key.algorithm());
        return Base64URL.encode(key.sign(signingInput));
    }

    @Override
    public Set<JWSAlgorithm> supportedJWSAlgorithms() {
        return Set.of(key.algorithm());
    }

    @Override
    public JCAContext getJCAContext() {
        return jcaContext;
    }
}
