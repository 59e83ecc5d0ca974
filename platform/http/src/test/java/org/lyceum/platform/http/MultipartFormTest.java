package org.lyceum.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;
import org.lyceum.platform.kernel.Problem;

import java.nio.charset.StandardCharsets;

/** Goal: forms as JupyterHub's pages send them are read, and nothing else breaks the reader. */
class MultipartFormTest {

    private static final String TYPE = "multipart/form-data; boundary=----b0undary";

    private static String part(String head, String content) {
        return "------b0undary\r\nContent-Disposition: form-data; "
                + head
                + "\r\n\r\n"
                + content
                + "\r\n";
    }

    private static byte[] body(String... parts) {
        return (String.join("", parts) + "------b0undary--\r\n").getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void fields_come_in_order_with_all_their_values() {
        var form =
                Fields.ofMultipart(
                        TYPE,
                        body(
                                part("name=\"profile\"", "größe & <2>"),
                                part("name=\"tag\"", "one"),
                                part("name=\"tag\"", "")));

        assertThat(form.names()).containsExactly("profile", "tag");
        assertThat(form.first("profile")).contains("größe & <2>");
        assertThat(form.all("tag")).containsExactly("one", "");
    }

    @Test
    void files_are_left_out() {
        var form =
                Fields.ofMultipart(
                        TYPE,
                        body(
                                part("name=\"file\"; filename=\"a.txt\"", "secret"),
                                part("name=\"_xsrf\"", "x")));

        assertThat(form.names()).containsExactly("_xsrf");
    }

    @Test
    void what_cannot_be_read_is_refused_in_words() {
        assertThatThrownBy(() -> Fields.ofMultipart("multipart/form-data", body()))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("multipart/form-data");
        var many = part("name=\"a\"", "1").repeat(1_001);
        assertThatThrownBy(() -> Fields.ofMultipart(TYPE, body(many))).isInstanceOf(Problem.class);
    }

    @Property(tries = 2_000)
    void any_octets_are_a_form_or_a_problem(
            @ForAll @Size(max = 300) byte[] octets, @ForAll String boundary) {
        for (var type : new String[] {TYPE, "multipart/form-data; boundary=" + boundary}) {
            try {
                assertThat(Fields.ofMultipart(type, octets).names().size()).isLessThan(300);
                assertThat(
                                Fields.ofMultipart(
                                                type,
                                                body(
                                                        new String(
                                                                octets,
                                                                StandardCharsets.ISO_8859_1)))
                                        .names()
                                        .size())
                        .isLessThan(300);
            } catch (Problem malformed) {
                assertThat(malformed.code()).isEqualTo("form.malformed");
            }
        }
    }
}
