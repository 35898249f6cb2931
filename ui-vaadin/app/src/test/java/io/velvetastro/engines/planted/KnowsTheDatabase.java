package io.velvetastro.engines.planted;

import io.velvetastro.app.Trips;
import javax.sql.DataSource;

@Trips("enginesKnowNoFramework")
class KnowsTheDatabase {
    DataSource known;
}
