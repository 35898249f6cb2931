package io.velvetastro.views;

import io.velvetastro.language.TenantId;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells the database who asks, without a round trip for it: the driver sends two statements at once, so the first one of a question takes it along. A statement of any other kind is told before. Whatever fails, the database refuses who was not told of.
 */
final class Telling implements InvocationHandler {
    private static final String WHO = "select set_config('velvet.tenant', ?, true)";

    /** They would see two statements, or forget who asks. */
    private static final Set<String> NOT_OF_TWO =
            Set.of("addBatch", "clearParameters", "getMetaData", "getParameterMetaData");

    private final Connection transaction;
    private final TenantId tenant;
    private boolean told;

    private Telling(Connection transaction, TenantId tenant) {
        this.transaction = transaction;
        this.tenant = tenant;
    }

    /** @param transaction lasts as long as the question, and what was told ends with it */
    static Connection within(Connection transaction, TenantId tenant) {
        return proxy(Connection.class, new Telling(transaction, tenant));
    }

    @Override
    public @Nullable Object invoke(Object self, Method method, Object @Nullable [] given) throws Throwable {
        if (told || !Statement.class.isAssignableFrom(method.getReturnType())) return call(transaction, method, given);
        if (method.getName().equals("prepareStatement") && given != null && given.length == 1)
            return first((String) given[0]);
        try (var telling = telling(WHO)) {
            telling.execute();
            told = true;
        }
        return call(transaction, method, given);
    }

    private PreparedStatement telling(String sql) throws SQLException {
        var telling = transaction.prepareStatement(sql);
        telling.setString(1, tenant.toString());
        return telling;
    }

    private PreparedStatement first(String sql) throws SQLException {
        var both = telling(WHO + "; " + sql);
        return proxy(PreparedStatement.class, (self, method, given) -> {
            var name = method.getName();
            if (given == null && name.equals("execute")) return execute(both);
            if (given == null && name.equals("executeQuery")) {
                execute(both);
                return both.getResultSet();
            }
            if (name.startsWith("execute") || NOT_OF_TWO.contains(name))
                throw new SQLFeatureNotSupportedException("The first statement of a question cannot do " + name);
            if (name.startsWith("set") && given != null && given.length > 1) given[0] = (int) given[0] + 1;
            return call(both, method, given);
        });
    }

    /** The answer to who asks is passed over. */
    private boolean execute(PreparedStatement both) throws SQLException {
        both.execute();
        told = true;
        return both.getMoreResults();
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(Telling.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static @Nullable Object call(Object target, Method method, Object @Nullable [] given) throws Throwable {
        try {
            return method.invoke(target, given);
        } catch (InvocationTargetException failed) {
            throw failed.getCause();
        }
    }
}
