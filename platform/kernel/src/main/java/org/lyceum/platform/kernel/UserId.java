package org.lyceum.platform.kernel;

/** A user's number. It never changes and is never given to anybody else. */
public record UserId(long value) {

    public UserId {
        if (value < 1) {
            throw new IllegalArgumentException("ids start at 1, got " + value);
        }
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
