package org.lyceum.platform.http;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.multipart.Attribute;
import io.netty.handler.codec.http.multipart.DefaultHttpDataFactory;
import io.netty.handler.codec.http.multipart.HttpPostMultipartRequestDecoder;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder;

import org.lyceum.platform.kernel.Problem;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A form as {@code multipart/form-data}, which is how JupyterHub's own page of options is sent
 * (contract §1.6). Files in it are left out: nothing here takes any.
 */
final class MultipartForm {

    /** What came in a header was looked at when it came. */
    private static final HttpHeadersFactory UNCHECKED =
            DefaultHttpHeadersFactory.headersFactory().withValidation(false);

    private MultipartForm() {}

    /**
     * Its fields in order.
     *
     * @param body all of it, bounded by whoever read it
     * @throws Problem INVALID form.malformed
     */
    static List<Map.Entry<String, String>> fields(String contentType, byte[] body, int most) {
        var whole =
                new DefaultFullHttpRequest(
                        HttpVersion.HTTP_1_1,
                        HttpMethod.POST,
                        "/",
                        Unpooled.wrappedBuffer(body),
                        UNCHECKED,
                        UNCHECKED);
        whole.headers().set(HttpHeaderNames.CONTENT_TYPE, contentType);
        HttpPostMultipartRequestDecoder form = null;
        try {
            if (!HttpPostRequestDecoder.isMultipart(whole)) {
                throw new IllegalArgumentException("there is no boundary");
            }
            var inMemory = new DefaultHttpDataFactory(false, StandardCharsets.UTF_8);
            inMemory.setMaxLimit(body.length);
            form =
                    new HttpPostMultipartRequestDecoder(
                            inMemory, whole, StandardCharsets.UTF_8, most, body.length);
            var fields = new ArrayList<Map.Entry<String, String>>();
            for (var part : form.getBodyHttpDatas()) {
                if (part instanceof Attribute field) {
                    fields.add(new SimpleImmutableEntry<>(field.getName(), field.getValue()));
                }
            }
            return fields;
        } catch (RuntimeException | IOException unreadable) { // the library has many ways to say so
            throw new Problem(
                    Problem.Kind.INVALID,
                    "form.malformed",
                    "The form is no multipart/form-data that can be read, or has more than "
                            + most
                            + " fields; send it again as a browser would.",
                    unreadable);
        } finally {
            if (form != null) {
                form.destroy();
            }
        }
    }
}
