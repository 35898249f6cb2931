package io.velvetastro.language;

import javax.sql.DataSource;

/** The one database as its owner, who may do everything: for the migrations of the rooms, and for nothing that runs once the house is at work. */
public interface OwnersDatabase {
    DataSource connections();
}
