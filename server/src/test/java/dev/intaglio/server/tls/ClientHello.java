package dev.intaglio.server.tls;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.HexFormat;

/// The first message of a client that wants one version and one cipher suite, written byte by byte (RFC 5246 §7.4.1.2): the
/// TLS of this platform no longer offers all that a server has to refuse.
record ClientHello(int version, int cipherSuite) {
    static final int ALERT = 21;
    static final int HANDSHAKE = 22;

    // supported_groups: secp256r1, x25519; ec_point_formats: uncompressed; signature_algorithms: ECDSA, RSA-PSS and RSA
    // with
    // SHA-256, ECDSA and RSA with SHA-1; renegotiation_info: none before.
    private static final byte[] EXTENSIONS = HexFormat.of()
            .parseHex("000a00060004" + "0017001d" + "000b00020100" + "000d000c000a" + "04030804040102030201"
                    + "ff01000100");

    /// @return the type of the server's answer: [#ALERT] or [#HANDSHAKE]
    int send(int port) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(record());
            return new DataInputStream(socket.getInputStream()).readUnsignedByte();
        }
    }

    private byte[] record() throws IOException {
        var body = new ByteArrayOutputStream();
        var hello = new DataOutputStream(body);
        hello.writeShort(version);
        hello.write(new byte[32]);
        hello.writeByte(0); // session_id
        hello.writeShort(2);
        hello.writeShort(cipherSuite);
        hello.write(new byte[] {1, 0}); // compression_methods: null
        hello.writeShort(EXTENSIONS.length);
        hello.write(EXTENSIONS);
        var all = new ByteArrayOutputStream();
        var record = new DataOutputStream(all);
        record.writeByte(HANDSHAKE);
        record.writeShort(0x0301);
        record.writeShort(body.size() + 4);
        record.writeInt(1 << 24 | body.size()); // client_hello and its length
        body.writeTo(record);
        return all.toByteArray();
    }
}
