package org.lyceum.main;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

import java.util.List;

/** Header lines as no browser sends them, for {@link BadInputTest}. */
final class OddHeaders {

    private OddHeaders() {}

    /** Up to four of them. */
    static Arbitrary<List<String>> some() {
        return Arbitraries.of(
                        "Content-Length: 0\r\n",
                        "Content-Length: 5\r\n",
                        "Content-Length: -1\r\n",
                        "Content-Length: 99999999999999999999\r\n",
                        "Content-Length: 5, 6\r\n",
                        "Content-Length : 5\r\n",
                        "Transfer-Encoding: chunked\r\n",
                        "Transfer-Encoding: chunked, identity\r\n",
                        "Transfer-Encoding:\tchunked\r\n",
                        "Transfer-Encoding: xchunked\r\n",
                        "Host: evil.test\r\n",
                        "X-Forwarded-Host: evil.test\r\n",
                        "X-Forwarded-For: 127.0.0.1\r\n",
                        "Forwarded: host=evil.test\r\n",
                        "X-Remote-User: root\r\n",
                        "Remote-User: root\r\n",
                        "Cookie: _xsrf=a; _xsrf=b; _xsrf=\"\r\n",
                        "Cookie: jupyterhub-hub-login=x; jupyterhub-hub-login=y\r\n",
                        "Authorization: token x\r\n",
                        "Authorization: token x\r\nAuthorization: token y\r\n",
                        "Content-Type: application/json\r\n",
                        "Content-Type: \r\n",
                        "Expect: 100-continue\r\n",
                        "Expect: x\r\n",
                        "X: a\r\n folded\r\n",
                        "X: a\n",
                        " X: a\r\n",
                        "X\u0000: a\r\n",
                        ": a\r\n",
                        "X: " + "y".repeat(9_000) + "\r\n")
                .list()
                .ofMaxSize(4);
    }
}
