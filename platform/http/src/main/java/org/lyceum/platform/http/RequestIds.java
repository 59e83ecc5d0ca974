package org.lyceum.platform.http;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/** Numbers requests: six random digits of this process, then a count. Unique across restarts. */
final class RequestIds {

    private final String process = HexFormat.of().toHexDigits(new SecureRandom().nextInt(), 6);
    private final AtomicLong count = new AtomicLong();

    String next() {
        return process + "-" + count.incrementAndGet();
    }
}
