package org.lyceum.platform.testing;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Pings the engine's socket by hand, so that this works without any module of ours. */
final class DockerCondition implements ExecutionCondition {

    private static final Path SOCKET = Path.of("/var/run/docker.sock");
    private static final String PING =
            "GET /_ping HTTP/1.1\r\nHost: docker\r\nConnection: close\r\n\r\n";

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        var missing = missing(context);
        if (missing == null) {
            return ConditionEvaluationResult.enabled("Docker answers");
        }
        if ("true".equals(System.getenv("CI"))) {
            throw new IllegalStateException("CI=true, and " + missing);
        }
        return ConditionEvaluationResult.disabled("skipped: " + missing);
    }

    private static @Nullable String missing(ExtensionContext context) {
        if (!pings()) {
            return "no Docker engine answers at "
                    + SOCKET
                    + "; start it with 'installer/lyceum up'";
        }
        var wanted =
                AnnotationSupport.findAnnotation(context.getElement(), RequiresDocker.class)
                        .map(RequiresDocker::images)
                        .orElse(new String[0]);
        for (var variable : wanted) {
            var image = System.getenv(variable);
            if (image == null || image.isBlank()) {
                return variable + " is not set; run the tests with 'installer/lyceum test'";
            }
        }
        return null;
    }

    private static boolean pings() {
        try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(SOCKET));
            channel.write(ByteBuffer.wrap(PING.getBytes(StandardCharsets.US_ASCII)));
            var answer = ByteBuffer.allocate(64);
            channel.read(answer);
            return new String(answer.array(), 0, answer.position(), StandardCharsets.US_ASCII)
                    .contains(" 200 ");
        } catch (IOException e) {
            return false;
        }
    }
}
