package io.velvetastro.bench;

import java.nio.file.Path;
import java.util.ArrayList;

/** P9: from nothing to a usable login page, against a trivial application; empty and with a million events. */
final class Start implements Bench.Measurement {
    private static final int PAIRS = 5;
    private static final int EVENTS = 1_000_000;

    @Override
    public boolean run(Path folder, Report report) throws Exception {
        try (var database = Database.in(folder)) {
            var data = folder.resolve("house");
            House.on(data, database).close(); // The first start migrates and unpacks; it is not measured.
            double empty = pairs("empty", folder, data, database, report);
            try (var house = House.on(data, database)) {
                Feed.calm(house, EVENTS);
                house.awaitReaders();
            }
            double full = pairs("1 M events", folder, data, database, report);
            report.say("%n**P9 with 1 M events against empty: %.2f**, target ≤ 1.2", full / empty);
        }
        withItsDatabase(folder, report);
        return true;
    }

    /** What a person waits for after {@code ./velvet run}: here the database starts as well. Its processor time is not ours to read. */
    private static void withItsDatabase(Path folder, Report report) throws Exception {
        var data = folder.resolve("whole");
        Child.wholeHouse(data).close();
        var wall = new ArrayList<Double>();
        report.header("P9, with the database it brings along", "ours s", "trivial s");
        for (int pair = 0; pair < PAIRS; pair++) {
            double ours;
            try (var house = Child.wholeHouse(data)) {
                ours = house.secondsSinceStart();
            }
            try (var trivial = Child.trivial(folder.resolve("trivial.log").toFile())) {
                double theirs = trivial.secondsSinceStart();
                report.row(pair + 1, ours, theirs);
                wall.add(ours / theirs);
            }
        }
        report.verdict("P9 empty, as it is run, with its database, wall", wall, "≤ 2");
    }

    private static double pairs(String what, Path folder, Path data, Database database, Report report)
            throws Exception {
        var wall = new ArrayList<Double>();
        var cpu = new ArrayList<Double>();
        var alikeWall = new ArrayList<Double>();
        var alikeCpu = new ArrayList<Double>();
        var seconds = new ArrayList<Double>();
        report.header("P9, " + what, "ours s", "CPU s", "without AOT cache s", "CPU s", "trivial s", "CPU s");
        for (int pair = 0; pair < PAIRS; pair++) {
            var ours = started(House.small(data, database));
            var alike = started(House.untaught(data, database));
            try (var trivial = Child.trivial(folder.resolve("trivial.log").toFile())) {
                double theirs = trivial.secondsSinceStart();
                double theirsCpu = trivial.cpuSeconds();
                report.row(pair + 1, ours.wall, ours.cpu, alike.wall, alike.cpu, theirs, theirsCpu);
                wall.add(ours.wall / theirs);
                cpu.add(ours.cpu / theirsCpu);
                alikeWall.add(alike.wall / theirs);
                alikeCpu.add(alike.cpu / theirsCpu);
                seconds.add(ours.wall);
            }
        }
        report.verdict("P9 " + what + ", as it is run, wall", wall, "≤ 2");
        report.verdict("P9 " + what + ", as it is run, processor seconds", cpu, "≤ 2");
        report.verdict("P9 " + what + ", both without a cache, wall", alikeWall, "≤ 2");
        report.verdict("P9 " + what + ", both without a cache, processor seconds", alikeCpu, "≤ 2");
        return Report.median(seconds);
    }

    private record Taken(double wall, double cpu) {}

    private static Taken started(House house) throws Exception {
        try (house) {
            return new Taken(house.secondsSinceStart(), house.cpuSeconds());
        }
    }
}
