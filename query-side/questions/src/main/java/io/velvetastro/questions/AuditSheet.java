package io.velvetastro.questions;

import io.velvetastro.questions.Audit.AuditRow;
import java.util.List;

/** The record as a sheet: lines of CSV that no spreadsheet takes for formulas. */
public final class AuditSheet {
    public static final String HEAD = "id,at,type,actor,by,says\r\n";
    private static final String BEGIN_FORMULAS = "=+-@\t\r\n|";

    private AuditSheet() {}

    public static String line(AuditRow row) {
        return String.join(
                        ",",
                        List.of(
                                cell(row.id().toString()),
                                cell(row.at().toString()),
                                cell(row.type()),
                                cell(row.actor()),
                                cell(row.by()),
                                cell(row.says())))
                + "\r\n";
    }

    /** Names are what people chose to call themselves. */
    public static String cell(String text) {
        boolean formula = !text.isEmpty() && BEGIN_FORMULAS.indexOf(text.charAt(0)) >= 0;
        return '"' + (formula ? "'" : "") + text.replace("\"", "\"\"") + '"';
    }
}
