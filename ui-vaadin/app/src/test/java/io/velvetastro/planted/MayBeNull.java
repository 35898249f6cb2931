package io.velvetastro.planted;

import io.velvetastro.app.Trips;

@Trips("everyPackageIsHeldToItsNulls")
class MayBeNull {}
