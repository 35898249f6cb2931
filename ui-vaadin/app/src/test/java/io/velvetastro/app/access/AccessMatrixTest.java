package io.velvetastro.app.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.app.VelvetAstro;
import io.velvetastro.language.Authority;
import io.velvetastro.language.Plan;
import io.velvetastro.store.testing.FreshDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Every operation that the house describes, asked by everybody there is. */
@SpringBootTest(
        classes = VelvetAstro.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"velvet.demo.traffic=false", "velvet.step-up=PT2H"})
@ContextConfiguration(initializers = FreshDatabase.class)
@Import(Unguarded.class)
@ActiveProfiles("demo")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessMatrixTest {
    private static final String PLANTED = "/api/v1/planted";

    /** Open to whoever comes, and for no program: pages, the key that checks tokens, and the answer where nothing is. */
    private static final Set<String> FOR_BROWSERS = Set.of(
            "GET /.well-known/jwks.json", "GET /join", "GET /setup", "POST /setup", "POST /setup/token", "ANY /api/**");

    @Autowired
    JdbcClient db;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping doors;

    @LocalServerPort
    int port;

    @Value("${velvet.data}")
    Path data;

    private Callers callers;

    @BeforeAll
    void letEverybodyIn() {
        callers = new Callers(db, port, data);
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

    /** A door that is left out of the description is asked by nobody here, so each of them stands in this file. */
    @Test
    void whatTheDescriptionLeavesOutIsKnown() {
        var built = new TreeSet<String>();
        doors.getHandlerMethods().forEach((asked, door) -> {
            if (!door.getBeanType().getName().startsWith("io.velvetastro.")) return;
            for (var path : asked.getPatternValues())
                for (var method : methods(asked)) built.add(method + " " + path.replace("{*", "{"));
        });
        assertThat(built).as("what is described is built").containsAll(described());
        built.removeAll(described());
        built.removeIf(name -> name.contains(PLANTED));
        assertThat(built).containsExactlyInAnyOrderElementsOf(FOR_BROWSERS);
    }

    private static Set<String> methods(RequestMappingInfo asked) {
        var methods = asked.getMethodsCondition().getMethods();
        return methods.isEmpty()
                ? Set.of("ANY")
                : methods.stream().map(Enum::name).collect(Collectors.toSet());
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
        var operations = Operation.declared();
        var rows = new LinkedHashMap<Operation, List<Cell>>();
        for (var operation : operations) rows.put(operation, new ArrayList<>());
        ask(Column.ALL.subList(0, 1), rows);
        var before = callers.everythingOfTheOwner();
        ask(Column.ALL.subList(1, Column.ALL.size()), rows);
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

    /** The controls: doors whose locks were forgotten, each of another kind. */
    @Test
    void aMissingCheckTurnsItsCellRed() {
        assertThat(redOf(Operation.of("GET " + PLANTED + "/{id} monitor:read")))
                .as("nobody asks what the caller may, nor whose it is")
                .contains(
                        "GET /api/v1/planted/{id}, employee: in, not no",
                        "GET /api/v1/planted/{id}, program with all but this: in, not no",
                        "GET /api/v1/planted/{id}, another organisation: TOLD APART, not missing");
        assertThat(redOf(Operation.of("GET " + PLANTED + "/passkeys/{id} member")))
                .as("nor whether it is theirs alone")
                .contains("GET /api/v1/planted/passkeys/{id}, another member: TOLD APART, not missing");
        assertThat(redOf(Operation.of("POST " + PLANTED + " monitor:read {\"incidentId\":\"$incident\"}")))
                .as("nor whose that is what they send")
                .contains("POST /api/v1/planted, another organisation, in the body: TOLD APART, not missing");
        assertThat(redOf(Operation.of("GET " + PLANTED + "/nobodys/incidents/{id} monitor:read")))
                .as("and one that is shut to its owner too")
                .contains("GET /api/v1/planted/nobodys/incidents/{id}, their own: missing, not in");
    }

    /** The control: a door that asks for another right than the one it was said to ask for. */
    @Test
    void aRightThatIsNotTheDeclaredOneTurnsItsCellsRed() {
        var misdeclared = Operation.of("GET /api/v1/defense/rules incidents:read");
        assertThat(redOf(misdeclared))
                .containsExactly(
                        "GET /api/v1/defense/rules, program with exactly this: no, not in",
                        "GET /api/v1/defense/rules, program with all but this: in, not no");
        var halfDeclared = Operation.of("GET /api/v1/threat/stream incidents:read");
        assertThat(redOf(halfDeclared))
                .containsExactly("GET /api/v1/threat/stream, program with exactly this: no, not in");
    }

    @Test
    void theRecordIsAFileOnlyOnAPlanThatHasIt() {
        var export = Operation.of("GET /api/v1/audit/export org:admin");
        assertThat(callers.door(export, callers.administratorOn(Plan.FREE))).isEqualTo(Cell.PLAN);
        assertThat(callers.door(export, callers.administratorOn(Plan.PRO))).isEqualTo(Cell.IN);
        assertThat(callers.door(Operation.of("GET /api/v1/audit org:admin"), callers.administratorOn(Plan.FREE)))
                .as("every plan shows it")
                .isEqualTo(Cell.IN);
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

    /** One kind of caller after the other. */
    private void ask(List<Column> columns, Map<Operation, List<Cell>> rows) {
        for (var column : columns)
            rows.forEach((operation, cells) -> cells.add(column.asked().apply(callers, operation)));
    }

    private List<String> redOf(Operation operation) {
        var rows = Map.of(operation, (List<Cell>) new ArrayList<Cell>());
        ask(Column.ALL, rows);
        return red(rows);
    }

    private static List<String> red(Map<Operation, List<Cell>> rows) {
        var red = new ArrayList<String>();
        rows.forEach((operation, answered) -> {
            for (int i = 0; i < Column.ALL.size(); i++) {
                var column = Column.ALL.get(i);
                var expected = column.expected().apply(operation);
                if (answered.get(i) != expected)
                    red.add(operation.name() + ", " + column.name() + ": " + answered.get(i) + ", not " + expected);
            }
        });
        return red;
    }

    private static String print(Map<Operation, List<Cell>> rows) {
        var out = new StringBuilder("""
                # Who may call what

                Every operation of the OpenAPI document, asked by everybody there is, and what the door said. A test prints this page from a running house, compares it with what is declared in `operations.txt`, and fails for an endpoint without a line, for a cell that is not as declared, and for a page that is not as printed.

                **in**: past the door · **no**: 403 · **who?**: 401 · **missing**: what belongs to somebody else is answered in the same words as what does not exist · **·**: there is nothing to name.

                *Their own*: an administrator names what their organisation or they themselves have. *Expired token*: signed by the house's key, of a session that stands, an hour after its end. *Another organisation* names in the path what is not theirs; *in the body*: at something of their own, they send the id of what is not theirs. *Another member*: a colleague with the same role names what is one member's alone. After all this everything of its owner stands as it stood.

                """);
        out.append("| Operation | Takes | ")
                .append(Column.ALL.stream().map(Column::name).collect(Collectors.joining(" | ")))
                .append(" |\n|");
        out.append("---|".repeat(Column.ALL.size() + 2)).append('\n');
        rows.forEach((operation, cells) -> out.append("| `")
                .append(operation.name())
                .append("` | ")
                .append(operation.who())
                .append(cells.stream().map(it -> " | " + it).collect(Collectors.joining()))
                .append(" |\n"));
        out.append("\n")
                .append(rows.size())
                .append(" operations, ")
                .append(rows.size() * Column.ALL.size())
                .append(" cells.\n");
        return out.toString();
    }
}
