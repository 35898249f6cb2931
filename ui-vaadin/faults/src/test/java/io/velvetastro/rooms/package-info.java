/** The same story with each room in a process of its own, on a real Axon Server. Runs where AXONSERVER_JAR names one. */
@NullMarked
package io.velvetastro.rooms;

import org.jspecify.annotations.NullMarked;
