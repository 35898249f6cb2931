package io.velvetastro.decisions.planted;

import io.velvetastro.app.Trips;
import io.velvetastro.views.Progress;

@Trips("decidingAndKnowingMeetOnlyInTheLanguage")
class KnowsViews {
    Progress known;
}
