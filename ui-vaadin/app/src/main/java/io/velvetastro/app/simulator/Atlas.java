package io.velvetastro.app.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;

/** The cities people and attackers of the simulation sit in, each with a network that really lies there. */
final class Atlas {
    /** A city and its network; weight 0 is where attackers sit. */
    record City(String country, String name, int network, int prefix, int weight) {
        /** One of the city's addresses; the same number is the same address. */
        String address(int number) {
            var size = 1 << (32 - prefix);
            var bits = network + 1 + Math.floorMod(number, size - 2);
            return (bits >>> 24) + "." + (bits >>> 16 & 255) + "." + (bits >>> 8 & 255) + "." + (bits & 255);
        }
    }

    private static final List<City> CITIES = read();
    private static final List<City> HOMES =
            CITIES.stream().filter(city -> city.weight() > 0).toList();
    private static final List<City> LAIRS =
            CITIES.stream().filter(city -> city.weight() == 0).toList();
    private static final int WEIGHT = HOMES.stream().mapToInt(City::weight).sum();

    private Atlas() {}

    static City home(RandomGenerator dice) {
        var left = dice.nextInt(WEIGHT);
        for (var city : HOMES) {
            left -= city.weight();
            if (left < 0) return city;
        }
        throw new IllegalStateException("weights that do not add up");
    }

    static City lair(RandomGenerator dice) {
        return LAIRS.get(dice.nextInt(LAIRS.size()));
    }

    private static List<City> read() {
        try (var file = Objects.requireNonNull(Atlas.class.getResourceAsStream("/simulator/places.csv"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(Atlas::city)
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static City city(String line) {
        var cells = line.split(",");
        var network = cells[2].split("[./]");
        var bits = 0;
        for (var i = 0; i < 4; i++) bits = bits << 8 | Integer.parseInt(network[i]);
        return new City(cells[0], cells[1], bits, Integer.parseInt(network[4]), Integer.parseInt(cells[3]));
    }
}
