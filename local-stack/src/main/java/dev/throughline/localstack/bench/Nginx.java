package dev.throughline.localstack.bench;

import dev.throughline.localstack.process.ManagedProcess;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The floor: a proxy that passes the bytes of a socket on and understands none of them. */
final class Nginx {

    private Nginx() {}

    /** Where nginx is installed; administrators' programs are not on everybody's path. */
    static Optional<Path> find(String path) {
        return Stream.concat(Stream.of(path.split(File.pathSeparator)), Stream.of("/usr/sbin", "/usr/local/sbin"))
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, "nginx"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Starts it between {@code port} and {@code target}, both on the loopback address, with a worker per core. */
    static ManagedProcess start(Path program, Path home, int port, int target, Map<String, String> environment)
            throws IOException {
        Path directory = home.resolve("nginx");
        Files.createDirectories(directory);
        Path configuration = directory.resolve("nginx.conf");
        Files.writeString(configuration, configuration(directory, port, target));
        List<String> command = List.of(
                program.toString(),
                "-p",
                directory.toString(),
                "-c",
                configuration.toString(),
                "-e",
                directory.resolve("error.log").toString());
        return ManagedProcess.start(
                "nginx", command, environment, directory, home.resolve("logs").resolve("nginx.log"));
    }

    private static String configuration(Path directory, int port, int target) {
        String user = "root".equals(System.getProperty("user.name")) ? "user root;\n" : "";
        return user + """
                daemon off;
                worker_processes auto;
                pid %1$s/nginx.pid;
                events { worker_connections 8192; }
                http {
                  access_log off;
                  client_body_temp_path %1$s/body;
                  proxy_temp_path %1$s/proxy;
                  fastcgi_temp_path %1$s/fastcgi;
                  uwsgi_temp_path %1$s/uwsgi;
                  scgi_temp_path %1$s/scgi;
                  server {
                    listen 127.0.0.1:%2$d;
                    location / {
                      proxy_pass http://127.0.0.1:%3$d;
                      proxy_http_version 1.1;
                      proxy_set_header Upgrade $http_upgrade;
                      proxy_set_header Connection "upgrade";
                      proxy_read_timeout 1h;
                      proxy_send_timeout 1h;
                    }
                  }
                }
                """.formatted(directory, port, target);
    }
}
