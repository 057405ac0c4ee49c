package org.stillpoint.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/**
 * Lets a JVM see its machine's clock put forward or back: adds what a file says, in milliseconds,
 * wherever a class reads the time of day. What only measures how long something takes isn't moved,
 * as on a machine. The database's clock stays; only deliveries go by it.
 */
public final class ClockAgent implements ClassFileTransformer {
  private static final String OFFSET = "stillpoint.faults.clock.offset";

  /** The JDK's two ways to the time of day, and how many of their units are a millisecond. */
  private static final Map<String, Long> READINGS =
      Map.of("currentTimeMillis", 1L, "getNanoTimeAdjustment", 1_000_000L);

  private ClockAgent() {}

  /** Begins before the application does. */
  public static void premain(String file, Instrumentation jvm) throws Exception {
    System.setProperty(OFFSET, "0");
    ClockAgent agent = new ClockAgent();
    // Once in vain, so that all that this needs is loaded before it is asked of each class.
    agent.shifted(ClassLoader.getSystemClassLoader(), bytes(Clock.class));
    jvm.addTransformer(agent, true);
    List<Class<?>> loaded = new ArrayList<>();
    for (Class<?> each : jvm.getAllLoadedClasses()) {
      if (jvm.isModifiableClass(each) && each.getName().startsWith("java.")) {
        loaded.add(each);
      }
    }
    jvm.retransformClasses(loaded.toArray(Class<?>[]::new));
    Thread.ofPlatform().daemon().name("clock-agent").start(() -> follow(Path.of(file)));
  }

  private static void follow(Path file) {
    try {
      while (true) {
        System.setProperty(OFFSET, Files.readString(file).strip());
        Thread.sleep(10);
      }
    } catch (IOException | InterruptedException gone) {
      System.err.println("The clock isn't moved any more: " + gone);
    }
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String name,
      @Nullable Class<?> type,
      @Nullable ProtectionDomain domain,
      byte[] bytes) {
    String text = new String(bytes, ISO_8859_1);
    if (READINGS.keySet().stream().noneMatch(text::contains)) {
      return null;
    }
    try {
      return shifted(loader == null ? ClassLoader.getSystemClassLoader() : loader, bytes);
    } catch (RuntimeException e) {
      // The JVM would swallow it.
      System.err.println("The clock of " + name + " isn't moved: " + e);
      return null;
    }
  }

  private byte[] shifted(ClassLoader loader, byte[] bytes) {
    ClassFile format =
        ClassFile.of(
            ClassFile.ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(loader)
                    .orElse(ClassHierarchyResolver.defaultResolver())));
    return format.transformClass(
        format.parse(bytes),
        ClassTransform.transformingMethodBodies(ClockAgent::readsTheClock, ClockAgent::shift));
  }

  private static boolean readsTheClock(MethodModel method) {
    return method.code().stream().flatMap(CodeModel::elementStream).anyMatch(ClockAgent::isReading);
  }

  private static boolean isReading(CodeElement element) {
    if (!(element instanceof InvokeInstruction call)) {
      return false;
    }
    String owner = call.owner().asInternalName();
    return (owner.equals("java/lang/System") || owner.equals("jdk/internal/misc/VM"))
        && READINGS.containsKey(call.name().stringValue());
  }

  private static void shift(CodeBuilder code, CodeElement element) {
    code.with(element);
    if (isReading(element) && element instanceof InvokeInstruction call) {
      code.ldc(OFFSET)
          .lconst_0()
          .invokestatic(
              ConstantDescs.CD_Long,
              "getLong",
              MethodTypeDesc.of(
                  ConstantDescs.CD_Long, ConstantDescs.CD_String, ConstantDescs.CD_long))
          .invokevirtual(
              ConstantDescs.CD_Long, "longValue", MethodTypeDesc.of(ConstantDescs.CD_long))
          .loadConstant(Objects.requireNonNull(READINGS.get(call.name().stringValue())))
          .lmul()
          .ladd();
    }
  }

  private static byte[] bytes(Class<?> type) throws IOException {
    try (var in = type.getResourceAsStream(type.getSimpleName() + ".class")) {
      return Objects.requireNonNull(in).readAllBytes();
    }
  }

  /** Packs this class, and gives the option that lets a JVM follow the file. */
  static String optionFor(Path jar, Path file) throws IOException {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.putValue("Premain-Class", ClockAgent.class.getName());
    attributes.putValue("Can-Retransform-Classes", "true");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream packed = new JarOutputStream(out, manifest)) {
      packed.putNextEntry(new JarEntry(ClockAgent.class.getName().replace('.', '/') + ".class"));
      packed.write(bytes(ClockAgent.class));
    }
    return "-javaagent:" + jar + "=" + file;
  }
}
