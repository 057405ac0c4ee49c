package org.stillpoint.model;

import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/** How much is tried: {@code -Dmodel.tries}, {@code -Dmodel.steps}, {@code -Dmodel.seed}. */
class Scale implements AroundPropertyHook {
  private static final String SEED = "20261124";
  private static final int TRIES = 20;
  private static final int STEPS = 40;

  static int steps() {
    return Integer.getInteger("model.steps", STEPS);
  }

  @Override
  public PropertyExecutionResult aroundProperty(
      PropertyLifecycleContext context, PropertyExecutor property) {
    context.attributes().setTries(Integer.getInteger("model.tries", TRIES));
    context.attributes().setSeed(System.getProperty("model.seed", SEED));
    context.attributes().setAfterFailure(AfterFailureMode.RANDOM_SEED);
    return property.execute();
  }
}
