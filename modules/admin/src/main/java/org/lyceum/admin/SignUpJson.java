package org.lyceum.admin;

import org.lyceum.login.Event;
import org.lyceum.platform.http.Meaning;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;

/** What the panel's API reads and answers about people who make their accounts themselves. */
final class SignUpJson {

    private SignUpJson() {}

    record SignUp(
            @Meaning("Whether people may ask for an account, which a manager answers.")
                    boolean byRequest,
            @Meaning("Where the page lies, for people.") String address,
            @Meaning("Newest first, at most 100; those that ended stay for 30 days.")
                    List<SignUpEventLine> events) {}

    record SignUpBody(boolean byRequest) {}

    record SignUpEventLine(
            long id,
            String title,
            Instant startsAt,
            Instant endsAt,
            @Meaning("How many may come, at most.") int people,
            @Meaning("How many have.") int came,
            @Meaning("Whether their accounts end with it.") boolean temporary) {

        static SignUpEventLine of(Event event) {
            return new SignUpEventLine(
                    event.id(),
                    event.title(),
                    event.startsAt(),
                    event.endsAt(),
                    event.people(),
                    event.came(),
                    event.temporary());
        }
    }

    record SignUpEventMade(
            SignUpEventLine event, @Meaning("For people; it cannot be had again.") String code) {}

    record SignUpEventBody(
            String title,
            @Meaning("Like 2027-01-31T08:00:00Z.") String startsAt,
            String endsAt,
            int people,
            boolean temporary) {

        Event draft(CommunityId community) {
            return new Event(
                    0,
                    community,
                    CatalogBody.text(title).strip(),
                    instant("startsAt", startsAt),
                    instant("endsAt", endsAt),
                    people,
                    0,
                    temporary);
        }

        private static Instant instant(String key, String text) {
            try {
                return Instant.parse(CatalogBody.text(text));
            } catch (DateTimeException e) {
                throw new Problem(
                        Problem.Kind.INVALID,
                        "body.wrong-type",
                        key + " must be a time like 2027-01-31T08:00:00Z.",
                        e);
            }
        }
    }
}
