package org.stillpoint.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.state.Action;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.ActionChainArbitrary;
import net.jqwik.api.state.Transformer;
import org.jspecify.annotations.Nullable;
import org.stillpoint.process.PackagedApp;

/** Whatever members do in whatever order, everybody sees what the rules say. */
class LivingAgreementsIT {
  /** What sheds load, or forgets what is old, would hide what the rules allow. */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "STILLPOINT_SANDBOX", "true",
          "STILLPOINT_RATE_LIMIT_REQUESTS_PER_MINUTE", "1000000",
          "STILLPOINT_RATE_LIMIT_PROPOSALS_PER_HOUR", "1000000",
          "STILLPOINT_RATE_LIMIT_LIFTS_PER_HOUR", "1000000",
          "STILLPOINT_RETENTION_LOOK", "24h");

  private static @Nullable Path folder;
  private static @Nullable PackagedApp app;
  private static @Nullable Wire wire;

  @BeforeContainer
  static void start() throws Exception {
    folder = Files.createTempDirectory("stillpoint-model");
    app = PackagedApp.start(folder, SETTINGS);
    app.awaitStart();
    wire = new Wire(app.http());
  }

  @AfterContainer
  static void end() throws Exception {
    if (app != null) {
      app.terminate();
      app.awaitEnd(Duration.ofMinutes(1));
    }
    if (folder != null) {
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> below = Files.walk(folder)) {
      for (Path each : below.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  @Property(edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
  @AddLifecycleHook(Scale.class)
  void twoSeeWhatTheRulesSay(@ForAll("two") ActionChain<World> life) {
    life.run();
  }

  @Property(edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
  @AddLifecycleHook(Scale.class)
  void threeSeeWhatTheRulesSay(@ForAll("three") ActionChain<World> life) {
    life.run();
  }

  @Property(edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
  @AddLifecycleHook(Scale.class)
  void fourSeeWhatTheRulesSay(@ForAll("four") ActionChain<World> life) {
    life.run();
  }

  @Provide
  Arbitrary<ActionChain<World>> two() {
    return life(2);
  }

  @Provide
  Arbitrary<ActionChain<World>> three() {
    return life(3);
  }

  @Provide
  Arbitrary<ActionChain<World>> four() {
    return life(4);
  }

  private static Arbitrary<ActionChain<World>> life(int members) {
    ActionChainArbitrary<World> life =
        ActionChain.startWith(() -> new World(Objects.requireNonNull(wire), members));
    for (Choice choice : Choice.all()) {
      life = life.withAction(choice.weight(), new Doing(choice.possible(), choice.steps()));
    }
    life =
        life.withAction(Choice.ALWAYS, Action.when(World::isOver).just(Transformer.endOfChain()));
    return life.withMaxTransformations(Scale.steps());
  }

  /** Steps of one sort; one that makes no sense when its turn comes does nothing. */
  private record Doing(Predicate<World> possible, Arbitrary<? extends Step> steps)
      implements Action.Independent<World> {
    @Override
    public boolean precondition(World world) {
      return possible.test(world);
    }

    @Override
    public Arbitrary<Transformer<World>> transformer() {
      return steps.map(step -> Transformer.mutate(step.toString(), world -> take(world, step)));
    }

    private static void take(World world, Step step) {
      if (!world.model.isClosed() && step.isPossible(world)) {
        world.take(step);
      }
    }
  }
}
