package org.stillpoint.transaction;

import jakarta.annotation.Priority;
import jakarta.annotation.security.RolesAllowed;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

@Interceptor
@CallerTransaction
@Priority(Interceptor.Priority.LIBRARY_BEFORE)
class CallerTransactionInterceptor {
  private final CallerTransactions transactions;

  CallerTransactionInterceptor(CallerTransactions transactions) {
    this.transactions = transactions;
  }

  @AroundInvoke
  @Nullable Object aroundInvoke(InvocationContext context) throws Exception {
    return transactions.call(
        operation(context.getMethod()),
        scope(context.getMethod()),
        context.getParameters(),
        context::proceed);
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
