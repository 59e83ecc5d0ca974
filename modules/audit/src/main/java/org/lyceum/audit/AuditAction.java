package org.lyceum.audit;

/** What can be done to a thing, with a sentence for the people who read the log. */
public enum AuditAction {
    USER_CREATED("A user was made."),
    USER_RENAMED("A user got another name."),
    USER_RESTORED("A deleted user was made again under the same number."),
    USER_ADMIN_CHANGED("A user became an administrator, or ceased to be one."),
    USER_DELETED("A user was removed with all that was theirs."),
    PASSWORD_SET("A password was set; all sessions of the user ended."),
    SETUP_LINK_MADE("A link was made with which the first administrator is set up."),
    SETUP_LINK_USED("The set-up link was used to make an administrator."),
    LOGIN_SUCCEEDED("Somebody signed in."),
    LOGIN_FAILED("Somebody tried to sign in with a wrong name or password."),
    LOGIN_THROTTLED("Sign-in was refused because of too many failures."),
    LOGOUT("A browser session was ended."),
    SESSIONS_ENDED("All browser sessions of a user were ended."),
    GROUP_CREATED("A group was made."),
    GROUP_CHANGED("A group's members or properties were changed."),
    GROUP_DELETED("A group was removed."),
    ROLE_CREATED("A role was made."),
    ROLE_CHANGED("A role's scopes were changed."),
    ROLE_DELETED("A role was removed, also from whoever held it."),
    ROLE_GIVEN("A user, group or service was given a role."),
    ROLE_TAKEN("A role was taken from a user, group or service."),
    SCOPE_DECLARED("A custom scope was declared."),
    SCOPE_CHANGED("A custom scope was changed."),
    SCOPE_REMOVED("A custom scope was removed."),
    SERVER_SHARED("A server was shared with a user or group."),
    SHARE_REVOKED("What was shared of a server was taken back, in part or whole."),
    SHARE_CODE_MADE("A code was made that can be exchanged for a share of a server."),
    SHARE_CODE_DELETED("Codes for shares of a server were deleted."),
    SERVICE_CREATED("A service was registered."),
    SERVICE_CHANGED("A service's address, client or rights were changed."),
    SERVICE_TOKEN_RENEWED("A service got another token; those it had are worth nothing."),
    SERVICE_DELETED("A service was removed."),
    TOKEN_ISSUED("A token was issued."),
    TOKEN_REVOKED("A token was revoked."),
    CLIENT_AUTHORIZED("A user let a server or service know who they are."),
    COMMUNITY_CREATED("A community was made."),
    COMMUNITY_RENAMED("A community got another name; its old address leads on."),
    COMMUNITY_CHANGED("A community's title, notice or limits were changed."),
    COMMUNITY_PAUSED("A community was paused."),
    COMMUNITY_RESUMED("A community's pause was ended."),
    COMMUNITY_DELETED("A community was taken out of sight; all in it is kept."),
    COMMUNITY_RESTORED("A deleted community was brought back."),
    COMMUNITY_HOST_SET("A community got a host of its own, or gave it up."),
    COMMUNITY_ADDRESS_RELEASED("A former address of a community was given up."),
    MEMBER_JOINED("A user became a member of a community."),
    MEMBER_LEFT("A user left a community."),
    ACCESS_DENIED("Somebody was refused what they asked for."),
    SERVER_SPAWNED("A server was started."),
    SERVER_STOPPED("A server was stopped."),
    SERVER_KEPT("A server was to run on, used or not, for a time."),
    ANNOUNCED("Everybody, or everybody in a community, was told something."),
    ANNOUNCEMENT_ENDED("An announcement was taken back."),
    SERVER_REMOVED("A named server was removed."),
    ENVIRONMENT_CHANGED("An environment was made, changed or removed."),
    CONTENT_CHANGED("Which repositories' files are brought into homes was changed."),
    CONTENT_PULLED("Somebody had the files of a repository brought into their home."),
    SOURCE_CHANGED("What repository an environment is built from was changed."),
    BUILD_ASKED("An image was to be built from a repository."),
    PROFILE_CHANGED("A profile was made, changed or removed."),
    LIMIT_CHANGED("Limits of folders, or on named servers, were changed."),
    DISK_LEVEL_CHANGED(
            "A disk became fuller or emptier by a step at which the platform stops new work."),
    SNAPSHOTS_CHANGED("Earlier versions of files had to make room, or are taken again."),
    FOLDER_REMOVAL_MOVED("Files of somebody who has left are removed on another day."),
    FOLDER_BROUGHT_BACK("Files that were kept became their owner's again."),
    FOLDER_REMOVED("Files of somebody who had left were removed."),
    SHARING_LINK_MADE("A link was made with which others read a folder or a file of somebody's."),
    SHARING_LINK_ENDED("Whoever made a sharing link ended it before its day."),
    SHARING_LINK_OPENED("Somebody opened a sharing link; said once a day for each of them."),
    POOL_GROWN("The pool that holds people's files was made larger."),
    APPOINTMENT_ADDED("A time was noted at which many servers are started."),
    APPOINTMENT_REMOVED("A time at which many servers are started was removed."),
    PLATFORM_STARTED("The platform started."),
    PLATFORM_STOPPED("The platform stopped.");

    private final String sentence;

    AuditAction(String sentence) {
        this.sentence = sentence;
    }

    public String sentence() {
        return sentence;
    }
}
