package dev.throughline.tools;

import dev.throughline.platform.testing.ReleaseFiles;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class ReleaseFilesTest extends ReleaseFiles {}
