package org.lyceum.admin;

import static org.lyceum.platform.http.Endpoint.get;
import static org.lyceum.platform.http.Endpoint.post;
import static org.lyceum.platform.http.Endpoint.put;

import org.lyceum.admin.SignInJson.SecondFactorRule;
import org.lyceum.admin.SignInJson.SecondFactorRuleBody;
import org.lyceum.admin.SignInJson.TakeAwayBody;
import org.lyceum.identity.Caller;
import org.lyceum.identity.Owner;
import org.lyceum.identity.User;
import org.lyceum.identity.UserService;
import org.lyceum.login.FactorRule;
import org.lyceum.login.FactorService;
import org.lyceum.platform.http.Access;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.UserId;

import java.util.List;
import java.util.Optional;

/** Who must have a second factor, and help for who has lost it. */
final class FactorEndpoints {

    private static final String RULE = "v1/sign-in/second-factor";

    private final UserService users;
    private final FactorService factors;

    FactorEndpoints(UserService users, FactorService factors) {
        this.users = users;
        this.factors = factors;
    }

    List<Endpoint> endpoints(Access platform) {
        return List.of(
                get(RULE, platform, this::rule).as(FactorOperations.RULE),
                put(RULE, platform, this::change).as(FactorOperations.CHANGE),
                post("v1/people/:user/take-factor-away", platform, this::takeAway)
                        .as(FactorOperations.TAKE_AWAY));
    }

    private Response rule(Request request) {
        return answer(user(request), factors.rule());
    }

    private Response change(Request request) {
        var body = CatalogBody.of(request, SecondFactorRuleBody.class);
        var user = user(request);
        var next = new FactorRule(body.administrators(), body.managers(), body.version());
        return answer(user, factors.change(user, next));
    }

    private Response answer(User user, FactorRule rule) {
        boolean own = factors.of(user.id()).isPresent();
        return Response.json(
                200,
                new SecondFactorRule(rule.administrators(), rule.managers(), own, rule.version()));
    }

    private Response takeAway(Request request) {
        var body = CatalogBody.of(request, TakeAwayBody.class);
        long number = MemberEndpoints.number(request.param("user"), MemberEndpoints::unknownUser);
        var owner = number < 1 ? Optional.<User>empty() : users.find(new UserId(number));
        var id = owner.orElseThrow(MemberEndpoints::unknownUser).id();
        factors.takeAway(user(request), id, CatalogBody.text(body.reason()));
        return Response.noContent();
    }

    /** Only people come here: the panel's API takes no tokens. */
    private static User user(Request request) {
        return switch (request.caller(Caller.class).owner()) {
            case Owner.OfUser(var user) -> user;
            case Owner.OfService service -> throw MemberEndpoints.unknownUser();
        };
    }
}
