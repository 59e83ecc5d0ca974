package org.lyceum.login;

import org.lyceum.community.MemberService;
import org.lyceum.identity.LoginBrake;
import org.lyceum.identity.PasswordService;
import org.lyceum.identity.User;
import org.lyceum.identity.UserService;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Names;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.Secret;
import org.lyceum.platform.kernel.UserId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * People make their accounts themselves, where a community lets them: they ask, and a manager
 * answers; or they have an event's code, and are in. Blocking.
 */
public final class SignUpService {

    private static final Logger log = LoggerFactory.getLogger(SignUpService.class);

    /** No vowels, so no words, and nothing that looks like something else on a blackboard. */
    private static final String LETTERS = "BCDFGHJKLMNPQRSTVWXZ23456789";

    /** 28 letters to the 12th are 57 bits: not to be guessed against the brake. */
    private static final int CODE_LENGTH = 12;

    private static final int MAX_NOTE = 200;

    /**
     * What a community's sign-up page offers.
     *
     * @param byRequest people ask for an account, and a manager answers
     * @param byCode an event's code is taken now
     */
    public record Offer(boolean byRequest, boolean byCode) {

        public boolean any() {
            return byRequest || byCode;
        }
    }

    /** What became of somebody who asked for an account; the name may have got a number. */
    public record Outcome(String name, Answer answer) {}

    /** What a manager has said. */
    public enum Answer {
        WAITING,
        ADMITTED,
        REFUSED
    }

    private final SignUpRepository signUps;
    private final PasswordService passwords;
    private final UserService users;
    private final MemberService members;
    private final LoginBrake brake;
    private final Clock clock;

    SignUpService(
            SignUpRepository signUps,
            PasswordService passwords,
            UserService users,
            MemberService members,
            LoginBrake brake,
            Clock clock) {
        this.signUps = signUps;
        this.passwords = passwords;
        this.users = users;
        this.members = members;
        this.brake = brake;
        this.clock = clock;
    }

    public Offer offer(CommunityId community) {
        var now = clock.instant();
        return new Offer(
                signUps.takesRequests(community),
                signUps.events(community).stream().anyMatch(event -> event.open(now)));
    }

    /** Has the community take requests for an account, or take them no more. */
    public void takeRequests(Actor actor, CommunityId community, boolean take) {
        signUps.takeRequests(actor, community, take);
    }

    /** Newest first; those that ended stay for 30 days. */
    public List<Event> events(CommunityId community) {
        return signUps.events(community);
    }

    /**
     * Makes an event, with a code that we think up.
     *
     * @throws Problem INVALID event.title-invalid, event.time-invalid, event.people-invalid;
     *     CONFLICT event.too-many
     */
    public Event.Made add(Actor actor, Event draft) {
        draft.require(clock.instant());
        var code = code();
        var made = signUps.add(actor, draft, hash(code));
        log.info("event.made community={} event={}", made.community(), made.id());
        return new Event.Made(made, code);
    }

    /**
     * Ends an event now; temporary accounts end within a minute. One that is over stays as it is.
     *
     * @throws Problem NOT_FOUND event.unknown
     */
    public void end(Actor actor, CommunityId community, long event) {
        signUps.end(actor, community, event, clock.instant());
    }

    /**
     * Asks for an account. Nobody is made a user, and the answer is the same whether or not the
     * name is somebody's: who is admitted then gets a number behind it.
     *
     * @param name as typed; it is normalised here
     * @param note who they say they are, for the manager
     * @param address where it comes from, for the brake
     * @return the key with which they look what became of it
     * @throws Problem FORBIDDEN sign-up.closed; INVALID sign-up.note-invalid, user.name-invalid,
     *     password.too-short and its like; BUSY entry.too-many, login.throttled
     */
    public Secret ask(
            CommunityId community, String name, String password, String note, String address) {
        if (!signUps.takesRequests(community)) {
            throw Problem.forbidden(
                    "sign-up.closed",
                    "This community takes no requests for an account. Ask a manager for an"
                            + " invitation.");
        }
        if (note.length() > MAX_NOTE || note.chars().anyMatch(Character::isISOControl)) {
            throw Problem.invalid(
                    "sign-up.note-invalid",
                    "Who you are has at most " + MAX_NOTE + " characters, on one line.");
        }
        var account = Names.normaliseUser(name);
        passwords.check(account, password);
        brake.begin(account, address); // never forgiven: each try that gets here is kept
        var key = Secret.random();
        signUps.ask(
                community,
                new SignUpRepository.Asking(
                        account, note.strip(), passwords.hash(account, password), key.hash()),
                clock.instant());
        log.info("sign-up.asked community={}", community);
        return key;
    }

    /** What became of a request; empty when the key is wrong, or it was answered 30 days ago. */
    public Optional<Outcome> outcome(Secret key) {
        return signUps.outcome(key.hash());
    }

    /** Answers a request; who is admitted is a user with the password they chose. */
    void answer(Actor actor, EntryRequest asked, boolean admit) {
        var user = signUps.answer(actor, asked, admit, clock.instant());
        user.ifPresent(id -> members.join(actor, asked.community(), id));
        log.info("sign-up.answered community={} admitted={}", asked.community(), admit);
    }

    /**
     * Makes an account with an event's code.
     *
     * @param name as typed; it is normalised here
     * @param code as typed
     * @param address where it comes from, for the brake
     * @throws Problem FORBIDDEN event.code-wrong, event.full; CONFLICT user.exists; INVALID as
     *     {@link #ask}; BUSY login.throttled
     */
    public User enter(
            CommunityId community, String name, String password, String code, String address) {
        var account = Names.normaliseUser(name);
        passwords.check(account, password);
        brake.begin(account, address);
        var now = clock.instant();
        signUps.requireOpen(community, hash(code), now); // before the work of hashing
        var hash = passwords.hash(account, password);
        var user = signUps.enter(community, hash(code), account, hash, now);
        members.join(user.actor(), community, user.id());
        brake.succeeded(account, address);
        log.info("sign-up.entered community={} user={}", community, user.id());
        return user;
    }

    /** People whose temporary account is over; at most 500 at once. */
    List<SignUpRepository.Guest> over() {
        return signUps.over(clock.instant());
    }

    /**
     * Ends a temporary account. It goes as any other that is removed: servers stop, and files are
     * kept for a while. Who has come to belong elsewhere, too, only leaves.
     */
    void leave(SignUpRepository.Guest guest) {
        var actor = new Actor.Platform();
        members.leave(actor, guest.community(), guest.user());
        if (members.of(guest.user()).isEmpty() && !administers(guest.user())) {
            users.delete(actor, guest.user());
        }
        signUps.forget(guest);
    }

    private boolean administers(UserId user) {
        return users.find(user).map(User::admin).orElse(true);
    }

    /** Removes what nobody asks about any more. */
    int removeOld() {
        return signUps.removeOld(clock.instant());
    }

    private static String code() {
        var random = Secret.random().hash(); // 64 hexadecimal digits, of which 48 are used
        var code = new StringBuilder();
        for (int at = 0; at < CODE_LENGTH; at++) {
            int number = Integer.parseInt(random.substring(4 * at, 4 * at + 4), 16);
            if (at > 0 && at % 4 == 0) {
                code.append('-');
            }
            code.append(LETTERS.charAt(number % LETTERS.length()));
        }
        return code.toString();
    }

    /** As people type it: in small letters, with spaces or without hyphens. */
    private static String hash(String code) {
        var plain = code.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
        return Secret.presented(plain).hash();
    }
}
