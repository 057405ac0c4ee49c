package org.stillpoint.api.problem;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A failure that the caller is told about, as a problem of its type. */
public final class ProblemException extends RuntimeException {
  private final transient ProblemType type;
  private final transient List<FieldError> errors;
  private final transient Map<String, String> headers;
  private final boolean keeping;

  ProblemException(ProblemType type) {
    this(type, List.of(), Map.of(), false);
  }

  private ProblemException(
      ProblemType type, List<FieldError> errors, Map<String, String> headers, boolean keeping) {
    // An answer, not a fault of the program: nobody reads its stack, and filling it costs.
    super(type.code(), null, false, false);
    this.type = type;
    this.errors = errors;
    this.headers = headers;
    this.keeping = keeping;
  }

  /** The same failure, with these flaws of the request. */
  public ProblemException withErrors(List<FieldError> flaws) {
    return new ProblemException(type, List.copyOf(flaws), headers, keeping);
  }

  /** The same failure, with this flaw of the request. */
  public ProblemException withError(FieldError flaw) {
    return withErrors(List.of(flaw));
  }

  /** The same failure, answered with this header too, such as {@code Retry-After}. */
  public ProblemException withHeader(String name, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new ProblemException(type, errors, more, keeping);
  }

  /**
   * The same failure of a request of which something is to stay stored: that it was made, where a
   * member is to see it (S29). Only a resource throws it, since a service that does undoes its
   * work, and only where nothing else was stored.
   */
  public ProblemException keepingWhatIsStored() {
    return new ProblemException(type, errors, headers, true);
  }

  /** Whether the transaction is committed all the same. */
  public boolean keepsWhatIsStored() {
    return keeping;
  }

  /** What kind of failure this is. */
  public ProblemType type() {
    return type;
  }

  /** The flaws of the request, if they are the cause. */
  public List<FieldError> errors() {
    return errors;
  }

  /** The headers that go with the answer. */
  public Map<String, String> headers() {
    return headers;
  }
}
