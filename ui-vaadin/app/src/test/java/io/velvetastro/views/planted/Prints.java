package io.velvetastro.views.planted;

import io.velvetastro.app.Trips;

@Trips("onlyTheCommandLineAndTheStartPrint")
class Prints {
    static void print() {
        System.out.println("past the log");
    }
}
