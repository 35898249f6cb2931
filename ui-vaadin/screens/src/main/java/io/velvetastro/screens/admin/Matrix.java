package io.velvetastro.screens.admin;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Span;
import io.velvetastro.language.Authority;
import io.velvetastro.language.Role;
import io.velvetastro.screens.parts.Icon;
import io.velvetastro.screens.parts.Parts;
import io.velvetastro.screens.parts.Words;
import java.util.List;

/** Which role may do what, read from the same place the doors read it. */
class Matrix extends Div {
    private static final List<Role> ROLES = List.of(Role.SUPER_ADMIN, Role.ORG_ADMIN, Role.IT_SECURITY, Role.EMPLOYEE);

    Matrix() {
        addClassName("sideways");
        getElement()
                .setAttribute("tabindex", "0")
                .setAttribute("role", "region")
                .setAttribute("aria-label", "Permissions");
        var table = new NativeTable();
        table.addClassName("plain");
        table.addClassName("matrix");
        var head = table.getHead().addRow();
        head.addHeaderCell().setText("May");
        for (var role : ROLES) head.addHeaderCell().setText(Words.of(role));
        head.addHeaderCell().setText("Keys");
        for (var authority : Authority.values()) row(table.getBody().addRow(), authority);
        add(table);
    }

    private static void row(NativeTableRow row, Authority authority) {
        row.addHeaderCell()
                .add(Parts.div(
                        "",
                        Parts.div("t1", new Span(Words.of(authority))),
                        Parts.text("mono t3 sm", authority.text())));
        for (var role : ROLES) row.addDataCell().add(mark(role.authorities().contains(authority)));
        row.addDataCell().add(mark(authority.isForPrograms()));
    }

    private static Span mark(boolean may) {
        return may
                ? Parts.span("ok", Icon.small("check"), Parts.text("sr", "yes"))
                : Parts.span("t3", Icon.small("minus"), Parts.text("sr", "no"));
    }
}
