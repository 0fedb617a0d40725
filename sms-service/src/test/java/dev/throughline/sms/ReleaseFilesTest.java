package dev.throughline.sms;

import dev.throughline.platform.testing.ReleaseFiles;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class ReleaseFilesTest extends ReleaseFiles {}
