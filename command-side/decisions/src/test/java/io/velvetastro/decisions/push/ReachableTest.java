package io.velvetastro.decisions.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velvetastro.language.Network;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The house goes to the open internet, and to no place that only the house can see. */
class ReachableTest {
    private static final String DATABASE = "jdbc:postgresql://10.0.0.9:8443/velvet";
    private final Reachable open = new Reachable(List.of(), Set.of(443, 8443), DATABASE);
    private final Reachable private10 = new Reachable(List.of(Network.of("10.0.0.0/8")), Set.of(443, 8443), DATABASE);
    private final Reachable all = new Reachable(
            List.of(Network.of("0.0.0.0/0"), Network.of("::/0")),
            Set.of(443, 8443),
            "jdbc:postgresql://[fd00::9]:8443,10.0.0.9:8443/velvet");

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "::ffff:8.8.8.8"})
    void theOpenInternetIsOpen(String address) {
        assertThat(allows(open, address, 443)).isTrue();
        assertThat(allows(open, address, 80)).isFalse();
        assertThat(allows(open, address, 5432)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.255.255.254",
                "0.0.0.0",
                "0.1.2.3",
                "10.1.2.3",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "100.100.100.200",
                "192.0.0.192",
                "168.63.129.16",
                "192.0.2.1",
                "198.51.100.1",
                "203.0.113.1",
                "198.18.0.1",
                "224.0.0.1",
                "239.255.255.250",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "::ffff:169.254.169.254",
                "::7f00:1",
                "::ffff:0:7f00:1",
                "64:ff9b::7f00:1",
                "64:ff9b::a9fe:a9fe",
                "64:ff9b:1::a00:1",
                "100::1",
                "2001::1",
                "2001:db8::1",
                "2002:7f00:1::1",
                "2002:a00:1::1",
                "3fff::1",
                "5f00::1",
                "fc00::1",
                "fd00:ec2::254",
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    void whatIsNotIsClosed(String address) {
        assertThat(allows(open, address, 443)).isFalse();
    }

    @Test
    void anOperatorOpensNetworksOfTheirOwn() {
        assertThat(allows(private10, "10.1.2.3", 443)).isTrue();
        assertThat(allows(private10, "::ffff:10.1.2.3", 443)).isTrue();
        assertThat(allows(private10, "10.1.2.3", 80)).isFalse();
        assertThat(allows(private10, "192.168.1.1", 443)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "fd00:ec2::254",
                "100.100.100.200",
                "192.0.0.192",
                "168.63.129.16",
                "224.0.0.1",
                "255.255.255.255",
                "0.0.0.0",
                "::",
                "ff02::1"
            })
    void noOperatorOpensWhatGivesACloudsKeysNorWhatIsNoSingleMachine(String address) {
        assertThat(allows(all, address, 443)).isFalse();
    }

    @Test
    void nobodyIsSentToTheHousesOwnDatabase() {
        assertThat(allows(private10, "10.0.0.9", 8443)).isFalse();
        assertThat(allows(private10, "10.0.0.9", 443)).isTrue();
        assertThat(allows(all, "fd00::9", 8443)).isFalse();
        assertThat(allows(all, "10.0.0.9", 8443)).isFalse();
        assertThat(allows(all, "10.0.0.8", 8443)).isTrue();
    }

    @Test
    void thisMachineIsNamedOnlyWhereTheOperatorSaysSoAndByNoPortOfTheSystem() {
        var here = new Reachable(
                List.of(Network.of("127.0.0.0/8")), Set.of(443), "jdbc:postgresql://127.0.0.1:54321/velvet");
        assertThat(allows(here, "127.0.0.1", 20_000)).isTrue();
        assertThat(allows(here, "127.0.0.1", 443)).isFalse();
        assertThat(allows(here, "127.0.0.1", 54_321)).isFalse();
        assertThat(allows(here, "::1", 20_000)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://siem.example.org/ | must begin with https://",
                "http://127.0.0.1:20000/ | must begin with https://",
                "ftp://siem.example.org/ | must begin with https://",
                "siem.example.org | must begin with https://",
                "https:///path | must name a host",
                "https://user:secret@siem.example.org/ | must hold no user name and no password",
                "https://siem.example.org/#part | must not hold a #",
                "https://siem.example.org:22/ | must use port 443 or 8443",
                "https://siem.example.org:5432/ | must use port 443 or 8443",
                "https://10.0.0.1/ | must be an address on the open internet",
                "https://127.0.0.1/ | must be an address on the open internet",
                "https://[::1]/ | must be an address on the open internet",
                "https://[::ffff:169.254.169.254]/ | must be an address on the open internet",
                "https://169.254.169.254/latest/meta-data | must be an address on the open internet",
                "https://2130706433/ | must be an address on the open internet",
                "https://0x7f.1/ | must name a host",
                "https://siem.example.org/a b | must be a web address, such as https://siem.example.org/velvet",
            })
    void whatItsWordsAlreadyTellIsRefusedAtOnce(String url, String why) {
        assertThatThrownBy(() -> Receiver.of(url, open))
                .isInstanceOf(Receiver.Unfit.class)
                .hasMessage(why);
    }

    @Test
    void anAddressIsKeptAsItIsAndShownWithoutItsQuery() {
        var receiver = Receiver.of("https://siem.example.org:8443/in?token=s3cret", open);
        assertThat(receiver.url()).hasToString("https://siem.example.org:8443/in?token=s3cret");
        assertThat(receiver.shown()).isEqualTo("https://siem.example.org:8443/in?…");
        assertThat(receiver).hasToString("Receiver");
        assertThat(Receiver.of("https://bücher.example/", open).url().getHost()).isEqualTo("xn--bcher-kva.example");
    }

    private static boolean allows(Reachable reachable, String address, int port) {
        try {
            return reachable.allows(InetAddress.getByName(address), port);
        } catch (UnknownHostException none) {
            throw new IllegalArgumentException(none);
        }
    }
}
