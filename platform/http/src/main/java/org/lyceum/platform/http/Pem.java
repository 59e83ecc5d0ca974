package org.lyceum.platform.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;

import org.lyceum.platform.kernel.Secret;

/**
 * What a listener proves its name with.
 *
 * @param chain certificates as PEM, our own first
 * @param key PEM, PKCS 8
 */
public record Pem(String chain, Secret key) {

    PemKeyCertOptions options() {
        return new PemKeyCertOptions()
                .addCertValue(Buffer.buffer(chain))
                .addKeyValue(Buffer.buffer(key.reveal()));
    }
}
