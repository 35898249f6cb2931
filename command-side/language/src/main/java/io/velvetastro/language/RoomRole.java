package io.velvetastro.language;

/**
 * What a room's statements may do in the database: a role that nobody signs in as. The role under which a process signs in belongs to those of its rooms and may nothing else; what each may is granted by the room's own migrations, table by table.
 *
 * @param name a plain name in lower case
 */
public record RoomRole(String name) {
    public RoomRole {
        if (!name.matches("[a-z_]{1,63}")) throw new IllegalArgumentException("No name of a role: " + name);
    }
}
