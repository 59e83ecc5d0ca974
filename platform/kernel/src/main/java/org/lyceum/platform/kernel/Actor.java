package org.lyceum.platform.kernel;

/** Who performs a change. Stands in every audit line and on every log line. */
public sealed interface Actor {

    /** A person, or something that holds a token of theirs. */
    record User(UserId id, String name) implements Actor {
        @Override
        public String toString() {
            return "user:" + id.value();
        }
    }

    /** A registered service of a community, by the number of its row. */
    record Service(long id, String name) implements Actor {
        @Override
        public String toString() {
            return "service:" + id;
        }
    }

    /** A background job, by its constant name. */
    record Job(String name) implements Actor {
        @Override
        public String toString() {
            return "job:" + name;
        }
    }

    /** Somebody who has not signed in. */
    record Visitor() implements Actor {
        @Override
        public String toString() {
            return "visitor";
        }
    }

    /** The program itself, at set-up. */
    record Platform() implements Actor {
        @Override
        public String toString() {
            return "platform";
        }
    }
}
