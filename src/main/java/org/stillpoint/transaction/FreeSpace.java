package org.stillpoint.transaction;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The room where a folder is kept. */
@ApplicationScoped
class FreeSpace {
  /** How many bytes may still be written. */
  long bytes(Path folder) throws IOException {
    return Files.getFileStore(folder).getUsableSpace();
  }
}
