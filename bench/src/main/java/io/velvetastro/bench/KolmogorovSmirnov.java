package io.velvetastro.bench;

/** How likely two samples would differ as much as they do if they came from one source. */
final class KolmogorovSmirnov {
    private KolmogorovSmirnov() {}

    /** Both sorted; the asymptotic p of the two-sided test. */
    static double p(double[] one, double[] other) {
        double distance = 0;
        int i = 0;
        int j = 0;
        while (i < one.length && j < other.length) {
            double at = Math.min(one[i], other[j]);
            while (i < one.length && one[i] <= at) i++;
            while (j < other.length && other[j] <= at) j++;
            distance = Math.max(distance, Math.abs((double) i / one.length - (double) j / other.length));
        }
        double size = Math.sqrt((double) one.length * other.length / (one.length + other.length));
        double lambda = (size + 0.12 + 0.11 / size) * distance;
        if (lambda < 0.2) return 1; // The series converges slowly there, to one.
        double sum = 0;
        for (int k = 1; k <= 100; k++) sum += (k % 2 == 1 ? 2 : -2) * Math.exp(-2.0 * k * k * lambda * lambda);
        return Math.clamp(sum, 0, 1);
    }
}
