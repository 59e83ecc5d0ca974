package org.lyceum.servers;

/** Why a server is not running any more; each with a sentence for its user. */
public enum StopReason {
    USER("You stopped it."),
    IDLE("It was stopped because nobody used it for a while."),
    ADMIN("An administrator stopped it."),
    LOGOUT("It was stopped when you signed out."),
    DIED("It ended by itself. Start it again; what was saved is still there."),
    OUT_OF_MEMORY("It used more memory than it may and was ended. Start it again and use less."),
    REPLACED("It was replaced by a newer start."),
    PLATFORM_LOST("It ended while the platform was not running. Start it again."),
    START_FAILED("It could not be started."),
    START_CANCELLED("Its start was cancelled."),
    USER_DELETED("Its user was deleted."),
    LEFT("Its user left the community."),
    COMMUNITY_PAUSED("The community was paused."),
    COMMUNITY_DELETED("The community was closed.");

    private final String sentence;

    StopReason(String sentence) {
        this.sentence = sentence;
    }

    public String sentence() {
        return sentence;
    }
}
