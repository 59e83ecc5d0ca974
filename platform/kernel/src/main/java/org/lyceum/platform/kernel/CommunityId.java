package org.lyceum.platform.kernel;

/** A community's number. It never changes, whatever the community is called. */
public record CommunityId(long value) {

    public CommunityId {
        if (value < 1) {
            throw new IllegalArgumentException("ids start at 1, got " + value);
        }
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
