package io.velvetastro.language;

import javax.sql.DataSource;

/** Connections to the one database as a role that may less than its owner: what a room must never do, its connections cannot do. */
public interface LesserRoles {
    /**
     * A pool of its own. The role is made where it is missing, without any right; what it may is granted by the migrations of the room.
     *
     * @param role a plain name in lower case
     */
    DataSource connections(String role, int most);
}
