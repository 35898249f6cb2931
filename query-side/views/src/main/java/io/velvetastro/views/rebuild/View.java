package io.velvetastro.views.rebuild;

import io.velvetastro.language.BatchFollower;
import io.velvetastro.views.Schema;
import java.util.List;
import java.util.function.Function;

/** Rows that can be made anew from the events: which tables they lie in, and who writes them to a schema of one's choice without telling anyone. */
public record View(String name, List<String> tables, Function<Schema, BatchFollower> onto) {}
