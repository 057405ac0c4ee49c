package org.stillpoint.transaction;

import jakarta.annotation.Priority;
import jakarta.annotation.security.RolesAllowed;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.ws.rs.HttpMethod;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

@Interceptor
@CallerTransaction
@Priority(Interceptor.Priority.LIBRARY_BEFORE)
class CallerTransactionInterceptor {
  private static final Set<String> NEVER_GROW = Set.of("GET", "HEAD", "OPTIONS", "DELETE");

  private final CallerTransactions transactions;
  private final Storage storage;

  CallerTransactionInterceptor(CallerTransactions transactions, Storage storage) {
    this.transactions = transactions;
    this.storage = storage;
  }

  @AroundInvoke
  @Nullable Object aroundInvoke(InvocationContext context) throws Exception {
    if (grows(context.getMethod())) {
      storage.admit();
    }
    return transactions.call(
        operation(context.getMethod()),
        scope(context.getMethod()),
        context.getParameters(),
        context::proceed);
  }

  /** Whether it stores more than before, as far as it doesn't say otherwise. */
  private static boolean grows(Method method) {
    return !method.isAnnotationPresent(EvenWhenFull.class)
        && Stream.of(method.getAnnotations())
            .map(found -> found.annotationType().getAnnotation(HttpMethod.class))
            .anyMatch(verb -> verb != null && !NEVER_GROW.contains(verb.value()));
  }

  /** What the app needs for it; null for what any login may. */
  private static @Nullable String scope(Method method) {
    RolesAllowed scopes = method.getAnnotation(RolesAllowed.class);
    return scopes == null ? null : scopes.value()[0];
  }

  private static String operation(Method method) {
    return method.getDeclaringClass().getSimpleName() + "." + method.getName();
  }
}
