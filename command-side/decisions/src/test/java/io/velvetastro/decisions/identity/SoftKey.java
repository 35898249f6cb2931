package io.velvetastro.decisions.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import tools.jackson.databind.JsonNode;

/** An authenticator made of software: it does what a device does after its owner's finger, and lies where it is told to. */
final class SoftKey {
    private static final int PRESENT = 0x01;
    private static final int VERIFIED = 0x04;
    private static final int WITH_CREDENTIAL = 0x40;

    private final KeyPair keys;
    private final byte[] id;
    private String origin;
    private int flags = PRESENT | VERIFIED;
    private int count = 1;
    private byte[] owner = new byte[16];

    SoftKey(String origin) {
        this.origin = origin;
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            keys = generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
        id = Secret.sha256(Secret.fresh());
    }

    SoftKey showing(String otherOrigin) {
        origin = otherOrigin;
        return this;
    }

    SoftKey withoutItsOwner() {
        flags = PRESENT;
        return this;
    }

    SoftKey withItsOwner() {
        flags = PRESENT | VERIFIED;
        return this;
    }

    SoftKey counting(int from) {
        count = from;
        return this;
    }

    SoftKey ofSomebodyElse() {
        owner = new byte[16];
        return this;
    }

    /** What {@code navigator.credentials.create} answers. */
    String create(JsonNode options) {
        owner = decoded(options.get("user").get("id").asString());
        var client = client("webauthn.create", options);
        var data = joined(
                hash(options.get("rp").get("id").asString()),
                new byte[] {(byte) (flags | WITH_CREDENTIAL)},
                ByteBuffer.allocate(4).putInt(count++).array(),
                new byte[16],
                ByteBuffer.allocate(2).putShort((short) id.length).array(),
                id,
                cosePublicKey());
        var object = joined(
                new byte[] {(byte) 0xA3, 0x63},
                "fmt".getBytes(UTF_8),
                new byte[] {0x64},
                "none".getBytes(UTF_8),
                new byte[] {0x67},
                "attStmt".getBytes(UTF_8),
                new byte[] {(byte) 0xA0, 0x68},
                "authData".getBytes(UTF_8),
                new byte[] {0x58, (byte) data.length},
                data);
        return """
                {"id":"%s","rawId":"%s","type":"public-key","authenticatorAttachment":"platform","clientExtensionResults":{},\
                "response":{"clientDataJSON":"%s","attestationObject":"%s","transports":["internal"]}}""".formatted(text(id), text(id), text(client), text(object));
    }

    /** What {@code navigator.credentials.get} answers. */
    String get(JsonNode options) {
        var client = client("webauthn.get", options);
        var data = joined(
                hash(options.get("rpId").asString()),
                new byte[] {(byte) flags},
                ByteBuffer.allocate(4).putInt(count++).array());
        return """
                {"id":"%s","rawId":"%s","type":"public-key","authenticatorAttachment":"platform","clientExtensionResults":{},\
                "response":{"clientDataJSON":"%s","authenticatorData":"%s","signature":"%s","userHandle":"%s"}}""".formatted(
                text(id), text(id), text(client), text(data), text(signed(joined(data, digest(client)))), text(owner));
    }

    private byte[] client(String type, JsonNode options) {
        return "{\"type\":\"%s\",\"challenge\":\"%s\",\"origin\":\"%s\",\"crossOrigin\":false}"
                .formatted(type, options.get("challenge").asString(), origin)
                .getBytes(UTF_8);
    }

    private byte[] cosePublicKey() {
        var point = ((ECPublicKey) keys.getPublic()).getW();
        return joined(
                new byte[] {(byte) 0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20},
                thirtyTwo(point.getAffineX()),
                new byte[] {0x22, 0x58, 0x20},
                thirtyTwo(point.getAffineY()));
    }

    private byte[] signed(byte[] bytes) {
        try {
            var signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(keys.getPrivate());
            signature.update(bytes);
            return signature.sign();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] thirtyTwo(BigInteger number) {
        var bytes = number.toByteArray();
        var fixed = new byte[32];
        int length = Math.min(32, bytes.length);
        System.arraycopy(bytes, bytes.length - length, fixed, 32 - length, length);
        return fixed;
    }

    private static byte[] hash(String text) {
        return digest(text.getBytes(UTF_8));
    }

    private static byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] joined(byte[]... parts) {
        var whole = new ByteArrayOutputStream();
        for (var part : parts) whole.writeBytes(part);
        return whole.toByteArray();
    }

    private static byte[] decoded(String text) {
        return Base64.getUrlDecoder().decode(text);
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
