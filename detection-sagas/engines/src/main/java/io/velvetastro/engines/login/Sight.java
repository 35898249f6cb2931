package io.velvetastro.engines.login;

import io.velvetastro.engines.Packer;
import io.velvetastro.engines.Unpacker;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/** Where an account was seen signing in. Latitude and longitude in ten-thousandths of a degree. */
record Sight(long at, UUID id, UUID source, int latitude, int longitude, int accuracyKm) {
    static final Comparator<Sight> ORDER = Comparator.comparingLong(Sight::at).thenComparing(Sight::id);
    private static final double EARTH_RADIUS_KM = 6371.0088;

    /** The distance over ground between the nearest edges of where the two may have been. */
    double edgeDistanceKm(Sight other) {
        double north = radians(latitude);
        double otherNorth = radians(other.latitude);
        double halfNorth = Math.sin((otherNorth - north) / 2);
        double halfEast = Math.sin(radians(other.longitude - longitude) / 2);
        double chord = halfNorth * halfNorth + Math.cos(north) * Math.cos(otherNorth) * halfEast * halfEast;
        double distance = 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(chord)));
        return Math.max(0, distance - accuracyKm - other.accuracyKm);
    }

    private static double radians(int tenThousandths) {
        return Math.toRadians(tenThousandths / 10_000.0);
    }

    static List<Sight> inserted(List<Sight> before, Sight sight, int most) {
        var after = new ArrayList<>(before);
        int place = after.size();
        while (place > 0 && ORDER.compare(after.get(place - 1), sight) > 0) place--;
        after.add(place, sight);
        if (after.size() > most) after.removeFirst();
        return List.copyOf(after);
    }

    static void pack(List<Sight> sights, Packer packer) {
        packer.number(sights.size());
        long before = 0;
        for (var sight : sights) {
            packer.number(sight.at - before).id(sight.id).id(sight.source);
            packer.number(sight.latitude).number(sight.longitude).number(sight.accuracyKm);
            before = sight.at;
        }
    }

    static List<Sight> unpack(Unpacker unpacker) {
        var sights = new ArrayList<Sight>();
        long at = 0;
        for (int left = unpacker.count(); left > 0; left--) {
            at += unpacker.number();
            sights.add(
                    new Sight(at, unpacker.id(), unpacker.id(), unpacker.count(), unpacker.count(), unpacker.count()));
        }
        return List.copyOf(sights);
    }
}
