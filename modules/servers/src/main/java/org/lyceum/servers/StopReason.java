package org.lyceum.servers;

import java.util.List;

/**
 * Why a server is not running any more; each with a sentence for its user, and up to three things
 * to try where it was not their wish.
 */
public enum StopReason {
    USER("You stopped it."),
    IDLE(
            "It was stopped because nobody used it for a while. What was saved is still there.",
            "Start it again; it opens where you left it, without what was in memory."),
    ADMIN("An administrator stopped it."),
    LOGOUT("It was stopped when you signed out."),
    DIED(
            "It ended by itself. What was saved is still there.",
            "Start it again.",
            "If it ends in the same place again, leave out what you ran or installed last.",
            "Show this page to an administrator if it stays so."),
    OUT_OF_MEMORY(
            "It needed more memory than it may use, and was ended. What was saved is still there.",
            "Start it again and shut down notebooks you do not need: each keeps its data in"
                    + " memory.",
            "Load less at once: only the columns you need, or large files in pieces.",
            "Pick a larger size, or ask an administrator for one."),
    DISK_FULL(
            "It ended because it could not write: your home, or the disk, is full.",
            "Start it again and delete what you do not need; emptying the trash counts too.",
            "Keep large data where your group shares it.",
            "Ask an administrator for more space."),
    REPLACED("It was replaced by a newer start."),
    PLATFORM_LOST("It ended while the platform was not running.", "Start it again."),
    HOST_RESTARTED("The machine was restarted. What was saved is still there.", "Start it again."),
    LOST(
            "Its container was removed from outside the platform.",
            "Start it again.",
            "If it happens again, ask an administrator what removes containers on this machine."),
    START_FAILED("It could not be started."),
    START_CANCELLED("Its start was cancelled."),
    POLICY(
            "It had run for as long as servers may run here. What was saved is still there.",
            "Start it again."),
    OPERATION("An administrator stopped all servers.", "Start it again when that is over."),
    USER_DELETED("Its user was deleted."),
    LEFT("Its user left the community."),
    COMMUNITY_PAUSED("The community was paused."),
    COMMUNITY_DELETED("The community was closed.");

    private final String sentence;
    private final List<String> tips;

    StopReason(String sentence, String... tips) {
        this.sentence = sentence;
        this.tips = List.of(tips);
    }

    public String sentence() {
        return sentence;
    }

    /** What its user can do, in order; none where there is nothing to mend. */
    public List<String> tips() {
        return tips;
    }

    /** Whether its user wanted it so, and need not be told. */
    public boolean wished() {
        return switch (this) {
            case USER, LOGOUT, REPLACED, START_CANCELLED, USER_DELETED -> true;
            default -> false;
        };
    }
}
