package io.velvetastro.views.planted;

import io.velvetastro.app.Trips;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@Trips("everyRestMethodSaysWhoMayCallIt")
@RestController
abstract class SaysNotWho {
    @GetMapping("/planted")
    String answer() {
        return "to anybody";
    }
}
