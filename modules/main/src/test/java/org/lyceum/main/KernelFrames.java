package org.lyceum.main;

import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Messages as {@code v1.kernel.websocket.jupyter.org} frames them: the number of offsets and the
 * offsets, each of eight octets with the lowest first, then the channel and four pieces of JSON.
 */
final class KernelFrames {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> PIECES =
            List.of("header", "parent_header", "metadata", "content");

    private KernelFrames() {}

    static ByteBuffer frame(Map<String, Object> message) throws IOException {
        var pieces = new ArrayList<byte[]>();
        pieces.add(message.get("channel").toString().getBytes(StandardCharsets.UTF_8));
        for (var name : PIECES) {
            pieces.add(JSON.writeValueAsBytes(message.get(name)));
        }
        int size = pieces.stream().mapToInt(piece -> piece.length).sum();
        int offset = Long.BYTES * (pieces.size() + 2);
        var frame = ByteBuffer.allocate(offset + size).order(ByteOrder.LITTLE_ENDIAN);
        frame.putLong(pieces.size() + 1);
        for (var piece : pieces) {
            frame.putLong(offset);
            offset += piece.length;
        }
        frame.putLong(offset);
        pieces.forEach(frame::put);
        return frame.flip();
    }

    /** The same message as one JSON object. */
    static String message(byte[] frame) {
        var buffer = ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN);
        var message = JSON.createObjectNode();
        try {
            message.put("channel", text(buffer, 0));
            for (int i = 0; i < PIECES.size(); i++) {
                message.set(PIECES.get(i), JSON.readTree(text(buffer, i + 1)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return message.toString();
    }

    private static String text(ByteBuffer frame, int piece) {
        int from = (int) frame.getLong(Long.BYTES * (piece + 1));
        int to = (int) frame.getLong(Long.BYTES * (piece + 2));
        return new String(frame.array(), from, to - from, StandardCharsets.UTF_8);
    }
}
