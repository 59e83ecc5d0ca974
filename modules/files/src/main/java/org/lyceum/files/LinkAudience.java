package org.lyceum.files;

import org.lyceum.platform.kernel.UserId;

/** For whom a sharing link is; all of them members of its community. */
public sealed interface LinkAudience {

    record Everybody() implements LinkAudience {
        @Override
        public String toString() {
            return "everybody";
        }
    }

    /** By the number of its row. */
    record OfGroup(long group) implements LinkAudience {
        @Override
        public String toString() {
            return "group:" + group;
        }
    }

    record OfUser(UserId user) implements LinkAudience {
        @Override
        public String toString() {
            return "user:" + user;
        }
    }
}
