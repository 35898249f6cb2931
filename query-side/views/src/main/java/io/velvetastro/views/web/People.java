package io.velvetastro.views.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.velvetastro.language.MemberId;
import io.velvetastro.language.TenantId;
import io.velvetastro.questions.Members.MemberList;
import io.velvetastro.questions.Members.MemberListAnswer;
import io.velvetastro.questions.Members.MemberRow;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.axonframework.queryhandling.QueryGateway;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Knows what members are called; asks those who keep them, and does without when nobody answers. */
@Component("membersByName") // The identity room has people of its own.
public class People {
    private static final Logger LOG = LoggerFactory.getLogger(People.class);
    private static final String MEMBER = "member:";
    private final QueryGateway queries;
    private final Cache<TenantId, Map<MemberId, String>> names = Caffeine.newBuilder()
            .maximumSize(1_000)
            .expireAfterWrite(Duration.ofSeconds(30))
            .build();

    People(QueryGateway queries) {
        this.queries = queries;
    }

    public @Nullable String name(TenantId tenant, @Nullable MemberId member) {
        return member == null ? null : names.get(tenant, this::ask).get(member);
    }

    /** An actor of an envelope as people read it: a member by name where it is known, whoever else as it stands. */
    public String actor(TenantId tenant, String actor) {
        if (!actor.startsWith(MEMBER)) return actor;
        try {
            var name = name(tenant, MemberId.of(actor.substring(MEMBER.length())));
            return name == null ? actor : name;
        } catch (IllegalArgumentException noId) {
            return actor;
        }
    }

    private Map<MemberId, String> ask(TenantId tenant) {
        try {
            return queries
                    .query(new MemberList(tenant), MemberListAnswer.class)
                    .get(1, TimeUnit.SECONDS)
                    .members()
                    .stream()
                    .collect(Collectors.toMap(MemberRow::id, MemberRow::name, (first, second) -> first));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException unanswered) {
            LOG.debug("Nobody says what members are called", unanswered);
        }
        return Map.of();
    }
}
