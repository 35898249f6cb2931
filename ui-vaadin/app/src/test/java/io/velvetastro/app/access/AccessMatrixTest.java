package io.velvetastro.app.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.app.VelvetAstro;
import io.velvetastro.language.Authority;
import io.velvetastro.language.Role;
import io.velvetastro.store.testing.FreshDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.ContextConfiguration;

/** Every operation that the house describes, asked by everybody there is. */
@SpringBootTest(
        classes = VelvetAstro.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "velvet.demo.traffic=false")
@ContextConfiguration(initializers = FreshDatabase.class)
@Import(Unguarded.class)
@ActiveProfiles("demo")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessMatrixTest {
    private static final String PLANTED = "/api/v1/planted";
    private static final List<String> COLUMNS = List.of(
            "no token",
            "ended session",
            "employee",
            "it_security",
            "org_admin",
            "super_admin",
            "program",
            "program with exactly this",
            "program with all but this",
            "another organisation",
            "another member");

    @Autowired
    JdbcClient db;

    @LocalServerPort
    int port;

    private Callers callers;

    @BeforeAll
    void letEverybodyIn() {
        callers = new Callers(db, port);
    }

    private TreeSet<String> described() {
        var names = new TreeSet<String>();
        for (var path : callers.get("/v3/api-docs").path("paths").properties())
            if (!path.getKey().startsWith(PLANTED))
                for (var method : path.getValue().properties())
                    names.add(method.getKey().toUpperCase(java.util.Locale.ROOT) + " " + path.getKey());
        return names;
    }

    @Test
    void everyOperationIsDeclaredAndNoOther() {
        assertThat(described()).isEqualTo(names(Operation.declared()));
    }

    /** The control: somebody built a door and told nobody. */
    @Test
    void anOperationWithoutALineIsMissed() {
        var declared = names(Operation.declared());
        declared.remove("GET /api/v1/monitor/health");
        assertThat(described()).isNotEqualTo(declared);
    }

    private static TreeSet<String> names(List<Operation> operations) {
        return operations.stream().map(Operation::name).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyCellIsAsDeclaredAndAsPrinted() throws IOException {
        var before = callers.everythingOfTheOwner();
        var rows = new LinkedHashMap<Operation, List<Cell>>();
        for (var operation : Operation.declared()) rows.put(operation, answers(operation));
        assertThat(red(rows)).isEmpty();
        assertThat(callers.everythingOfTheOwner())
                .as("what another organisation asked for stands as it stood")
                .isEqualTo(before);
        var printed = print(rows);
        var file = Path.of(System.getProperty("velvet.root", "../.."), "docs", "access-matrix.md");
        if (Boolean.getBoolean("velvet.print")) Files.writeString(file, printed);
        assertThat(Files.readString(file))
                .as("run with -Dvelvet.print=true to print it anew")
                .isEqualTo(printed);
    }

    /** The control: a door whose lock was forgotten. */
    @Test
    void aMissingCheckTurnsItsCellRed() {
        var forgotten = Operation.of("GET " + PLANTED + "/{id} monitor:read");
        var red = red(Map.of(forgotten, answers(forgotten)));
        assertThat(red).anySatisfy(cell -> assertThat(cell).contains("employee", "in, not no"));
        assertThat(red)
                .anySatisfy(cell -> assertThat(cell).contains("another organisation", "TOLD APART, not missing"));
    }

    /** The control: a door that asks for another right than the one it was said to ask for. */
    @Test
    void aRightThatIsNotTheDeclaredOneTurnsItsCellsRed() {
        var misdeclared = Operation.of("GET /api/v1/defense/rules incidents:read");
        assertThat(red(Map.of(misdeclared, answers(misdeclared))))
                .containsExactly(
                        "GET /api/v1/defense/rules, program with exactly this: no, not in",
                        "GET /api/v1/defense/rules, program with all but this: in, not no");
        var halfDeclared = Operation.of("GET /api/v1/threat/stream incidents:read");
        assertThat(red(Map.of(halfDeclared, answers(halfDeclared))))
                .containsExactly("GET /api/v1/threat/stream, program with exactly this: no, not in");
    }

    /** Nobody asks at the door again once a stream is open: the house does. */
    @Test
    @Timeout(60)
    void anOpenStreamEndsWithTheSessionOrTheKeyThatOpenedIt() throws Exception {
        var member = callers.newcomer();
        try (var stream = callers.listening(member)) {
            callers.signOut(member);
            stream.readAllBytes(); // To its end.
        }
        var key = callers.key(EnumSet.of(Authority.INCIDENTS_READ, Authority.DEFENSE_READ));
        try (var stream = callers.listening(key.getKey())) {
            callers.revoke(key.getValue());
            stream.readAllBytes(); // To its end.
        }
    }

    private List<Cell> answers(Operation operation) {
        var cells = new ArrayList<Cell>();
        cells.add(callers.door(operation, null));
        cells.add(callers.door(operation, callers.ended()));
        for (var role : List.of(Role.EMPLOYEE, Role.IT_SECURITY, Role.ORG_ADMIN, Role.SUPER_ADMIN))
            cells.add(callers.door(operation, callers.of(role, operation)));
        cells.add(callers.door(operation, callers.program()));
        cells.add(callers.withExactly(operation));
        cells.add(callers.withAllBut(operation));
        cells.add(callers.elsewhere(operation));
        cells.add(callers.colleague(operation));
        return cells;
    }

    private static List<Cell> expected(Operation operation, List<Cell> answered) {
        var outside = operation.isForAnyone() ? Cell.IN : Cell.WHO;
        var cells = new ArrayList<>(List.of(outside, Cell.WHO));
        for (var role : List.of(Role.EMPLOYEE, Role.IT_SECURITY, Role.ORG_ADMIN, Role.SUPER_ADMIN))
            cells.add(operation.isFor(role) ? Cell.IN : Cell.NO);
        cells.add(operation.isForPrograms() ? Cell.IN : Cell.NO);
        cells.add(operation.takesScopes() ? Cell.IN : Cell.NOTHING);
        cells.add(operation.takesScopes() ? Cell.NO : Cell.NOTHING);
        for (var others : answered.subList(9, 11)) cells.add(others == Cell.NOTHING ? Cell.NOTHING : Cell.MISSING);
        return cells;
    }

    private static List<String> red(Map<Operation, List<Cell>> rows) {
        var red = new ArrayList<String>();
        rows.forEach((operation, answered) -> {
            var expected = expected(operation, answered);
            for (int i = 0; i < COLUMNS.size(); i++)
                if (answered.get(i) != expected.get(i))
                    red.add(operation.name() + ", " + COLUMNS.get(i) + ": " + answered.get(i) + ", not "
                            + expected.get(i));
        });
        return red;
    }

    private static String print(Map<Operation, List<Cell>> rows) {
        var out = new StringBuilder("""
                # Who may call what

                Every operation of the OpenAPI document, asked by everybody there is, and what the door said. A test prints this page from a running house, compares it with what is declared in `operations.txt`, and fails for an endpoint without a line, for a cell that is not as declared, and for a page that is not as printed.

                **in**: past the door · **no**: 403 · **who?**: 401 · **missing**: what belongs to somebody else is answered in the same words as what does not exist · **·**: there is nothing of somebody else's to name.

                """);
        out.append("| Operation | Takes | ").append(String.join(" | ", COLUMNS)).append(" |\n|");
        out.append("---|".repeat(COLUMNS.size() + 2)).append('\n');
        rows.forEach((operation, cells) -> out.append("| `")
                .append(operation.name())
                .append("` | ")
                .append(operation.who())
                .append(cells.stream().map(it -> " | " + it).collect(Collectors.joining()))
                .append(" |\n"));
        out.append("\n")
                .append(rows.size())
                .append(" operations, ")
                .append(rows.size() * COLUMNS.size())
                .append(" cells.\n");
        return out.toString();
    }
}
