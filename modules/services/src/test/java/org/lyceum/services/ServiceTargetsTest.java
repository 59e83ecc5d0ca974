package org.lyceum.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.testing.SecurityStatement;

import java.util.Arrays;
import java.util.Set;

/** Goal: no route leads where nobody has allowed it, however the address is written. */
class ServiceTargetsTest {

    private static ServiceTargets allowing(String... networks) {
        return new ServiceTargets(
                Arrays.stream(networks).map(Network::parse).toList(), () -> Set.of(8000, 8081));
    }

    private static void refused(String code, ServiceTargets targets, String url) {
        assertThatExceptionOfType(Problem.class)
                .as(url)
                .isThrownBy(() -> targets.resolve(ServiceUrl.parse(url)))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(code));
    }

    @Test
    void a_url_is_a_host_and_a_port() {
        assertThat(ServiceUrl.parse("http://127.0.0.1:9000/x/y"))
                .isEqualTo(new ServiceUrl("127.0.0.1", 9000));
        assertThat(ServiceUrl.parse("http://grader.lan"))
                .isEqualTo(new ServiceUrl("grader.lan", 80));
        assertThat(ServiceUrl.parse("http://[::1]:9000")).isEqualTo(new ServiceUrl("::1", 9000));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "127.0.0.1:9000",
                "ftp://127.0.0.1",
                "http://",
                "http://:9000",
                "http://a:b@127.0.0.1:9000",
                "http://127.0.0.1:9000/?x=1",
                "http://127.0.0.1:9000/#x",
                "http://127.0.0.1:0",
                "http://127.0.0.1:70000",
                "http://127.0.0.1:9000 x",
                "unix:/run/service.sock",
                "javascript:alert(1)"
            })
    void other_addresses_are_refused(String url) {
        refused("service.url-invalid", allowing("0.0.0.0/0"), url);
    }

    @Test
    void https_is_refused_in_words() {
        refused("service.url-https", allowing("0.0.0.0/0"), "https://127.0.0.1:9000");
    }

    @Test
    @SecurityStatement(59)
    void this_machine_is_allowed_at_first_and_nothing_else() {
        var targets = new ServiceTargets(ServicesConfig.defaults().targets(), Set::of);

        assertThat(targets.resolve(ServiceUrl.parse("http://127.0.0.1:9000")).address())
                .isEqualTo("127.0.0.1");
        assertThat(targets.resolve(ServiceUrl.parse("http://localhost:9000")).address())
                .isIn("127.0.0.1", "0:0:0:0:0:0:0:1");
        assertThat(targets.resolve(ServiceUrl.parse("http://[::1]:9000")).port()).isEqualTo(9000);
        for (var host : new String[] {"10.0.0.1", "192.168.1.1", "172.17.0.2", "93.184.216.34"}) {
            refused("service.target-forbidden", targets, "http://" + host + ":9000");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/latest/meta-data",
                "http://0.0.0.0:9000",
                "http://224.0.0.1:9000",
                "http://[fe80::1]:9000",
                "http://[fd00:ec2::254]",
                "http://[::]:9000",
                "http://[::ffff:169.254.169.254]:80"
            })
    @SecurityStatement(59)
    void special_addresses_are_refused_even_where_everything_is_allowed(String url) {
        refused("service.target-forbidden", allowing("0.0.0.0/0", "::/0"), url);
    }

    @Test
    @SecurityStatement(59)
    void the_platforms_own_doors_are_no_services() {
        var targets = allowing("0.0.0.0/0", "::/0");

        refused("service.target-forbidden", targets, "http://127.0.0.1:8000");
        refused("service.target-forbidden", targets, "http://127.8.8.8:8081");
        refused("service.target-forbidden", targets, "http://[::1]:8000");
        refused("service.target-forbidden", targets, "http://localhost:8000");
        assertThat(targets.resolve(ServiceUrl.parse("http://10.1.1.1:8000")).port())
                .isEqualTo(8000);
    }

    @Test
    void networks_are_read_strictly() {
        assertThat(Network.parse("10.0.0.0/8").covers(Network.parse("10.9.8.7").first())).isTrue();
        assertThat(Network.parse("10.0.0.0/8").covers(Network.parse("11.0.0.1").first())).isFalse();
        assertThat(Network.parse("10.0.0.0/8").covers(Network.parse("::1").first())).isFalse();
        for (var wrong : new String[] {"localhost", "10.0.0.0/33", "10.0.0.0/x", "10.0.0/8", ""}) {
            assertThatThrownBy(() -> Network.parse(wrong))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
