package org.lyceum.identity;

import org.lyceum.platform.kernel.Problem;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which passwords may be set: long enough and not the first ones an attacker tries. No rules about
 * digits and signs, which only make passwords harder to remember (NIST SP 800-63B, ASVS 6.2).
 */
final class PasswordRules {

    static final int MIN = 8;

    /** A sentence fits; more is somebody who wants to see us work. */
    static final int MAX = 256;

    /** A password with fewer different characters is a key held down. */
    private static final int MIN_DIFFERENT = 4;

    private static final String RESOURCE = "common-passwords.txt";

    private Set<String> common = Set.of();

    /**
     * Refuses what is too easy to guess.
     *
     * @throws Problem INVALID password.too-short, password.too-long, password.too-common
     */
    void require(String password, String userName) {
        int length = password.codePointCount(0, password.length());
        if (length < MIN) {
            throw Problem.invalid(
                    "password.too-short",
                    "A password needs at least "
                            + MIN
                            + " characters; several words are easy to"
                            + " remember.");
        }
        if (password.length() > MAX) {
            throw Problem.invalid(
                    "password.too-long", "A password has at most " + MAX + " characters.");
        }
        var plain = password.toLowerCase(Locale.ROOT);
        if (plain.equals(userName)
                || plain.codePoints().distinct().count() < MIN_DIFFERENT
                || common().contains(plain)
                || common().contains(withoutEnd(plain))) {
            throw Problem.invalid(
                    "password.too-common",
                    "This password is among the first that attackers try; choose another one, for"
                            + " example several words.");
        }
    }

    /** {@code password2026!} is {@code password} to a guesser. */
    private static String withoutEnd(String plain) {
        return plain.replaceAll("[\\d!.?@#$*_-]{1,6}$", "");
    }

    private synchronized Set<String> common() {
        if (common.isEmpty()) {
            try (var stream = PasswordRules.class.getResourceAsStream(RESOURCE)) {
                if (stream == null) {
                    throw new IllegalStateException("not on the class path: " + RESOURCE);
                }
                common =
                        new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                                .lines()
                                .filter(line -> !line.startsWith("#"))
                                .collect(Collectors.toCollection(HashSet::new));
            } catch (IOException e) {
                throw new UncheckedIOException("read " + RESOURCE, e);
            }
        }
        return common;
    }
}
