package io.velvetastro.sagas.planted;

import io.velvetastro.app.Trips;
import io.velvetastro.language.OwnersDatabase;
import javax.sql.DataSource;

@Trips("theOwnerMigratesAndRests")
class WorksAsTheOwner {
    DataSource borrowed(OwnersDatabase owner) {
        return owner.connections();
    }
}
