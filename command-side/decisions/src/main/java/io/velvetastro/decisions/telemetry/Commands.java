package io.velvetastro.decisions.telemetry;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * What an intruder typed, without what might be a secret: nobody can list all secrets, so what is not known to be none is masked. Known are programs in the place of one, plain flags, paths, addresses without user or query, and single digits.
 */
final class Commands {
    static final String MASK = "…";
    private static final String BETWEEN = " \t\r\n;|&()<>`";
    private static final String STARTS_COMMAND = ";|&(`\r\n";

    private static final Set<String> PROGRAMS = Set.of(
            ("adduser apk apt apt-get ash awk base64 bash break busybox cat cd chattr chmod chown chpasswd clear cp crontab curl"
                            + " cut date dd declare df dig disown dmesg do docker done dpkg du echo egrep else enable env eval exec exit"
                            + " export false fdisk fi find for free ftp ftpget gcc getconf git grep groups gunzip gzip head help"
                            + " history hostname hostnamectl id if ifconfig insmod ip iptables ipcs journalctl kill killall last"
                            + " lastlog linuxshell ln locate ls lsb_release lscpu lshw lsmod lsof lspci lsusb make mkdir mkfifo mkpasswd"
                            + " modprobe more mount mv mysql mysqldump nano nc ncat netcat netstat nice nmap nohup nproc nslookup"
                            + " openssl passwd perl pgrep php ping pkill printf ps psql pwd python python2 python3 read reboot"
                            + " redis-cli rm rmdir route rpm ruby rsync scp screen sed service set sftp sh shell shutdown sleep socat"
                            + " sort source ss ssh ssh-keygen sshpass start stat strings su sudo sync sysctl system systemctl tail tar"
                            + " tee telnet test tftp then time timeout top touch tr true type ufw ulimit umask uname uniq unset unzip"
                            + " uptime useradd userdel usermod vi vim vmstat w wc wget whereis which while who whoami xargs yum zcat")
                    .split(" "));
    /** After these the next word is a program again. */
    private static final Set<String> PREFIXES = Set.of(
            "busybox", "sudo", "nohup", "exec", "time", "nice", "xargs", "env", "do", "then", "else", "if", "while");

    private static final Set<String> SETTING = Set.of("export", "declare", "set", "dd", "env");
    /** Whose numbers are no secrets. */
    private static final Set<String> NUMBERED = Set.of("chmod", "head", "kill", "sleep", "tail", "timeout", "umask");

    private static final Pattern FLAG =
            Pattern.compile("-[A-Za-z0-9]|-[A-Za-z&&[^pP]][A-Za-z]{1,2}|--[a-z][a-z-]{1,30}");
    private static final Pattern PATH = Pattern.compile("(?:~|\\.{1,2})?/[A-Za-z0-9_./*~-]{0,200}|\\.{1,2}|~");
    private static final Pattern FILE = Pattern.compile(
            "[A-Za-z0-9_.-]{1,60}\\.(?:sh|txt|log|conf|cfg|gz|tgz|tar|zip|py|pl|php|c|elf|bin|exe|arm[4-7]?|mips|mipsel|mpsl|x86|x86_64|i[3-6]86|ppc|sh4|spc|m68k)");
    private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}(?::\\d{1,5})?");
    private static final Pattern URL =
            Pattern.compile("(?i)(?:https?|ftp|tftp)://[^/?#@\\s]{1,255}(?:/[^?#@:\\s]{0,500})?");
    private static final Pattern MODE = Pattern.compile("[ugoa]{0,4}[+-][rwxst]{1,5}");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,5}");
    private static final Pattern NAME = Pattern.compile("[A-Z_][A-Z0-9_]{0,40}|if|of|bs|count");
    private static final Pattern VARIABLE = Pattern.compile("\\$(?:[A-Z_]{1,20}|[?#$!])?");

    private final String typed;
    private final StringBuilder safe = new StringBuilder();
    private String program = "";
    private boolean atProgram = true;

    private Commands(String typed) {
        this.typed = typed;
    }

    static String masked(String typed) {
        return new Commands(typed).mask();
    }

    private String mask() {
        int at = 0;
        while (at < typed.length()) {
            char next = typed.charAt(at);
            if (BETWEEN.indexOf(next) >= 0) {
                safe.append(next);
                if (STARTS_COMMAND.indexOf(next) >= 0) atProgram = true;
                if (next == '<' || next == '>') atProgram = false;
                at++;
                continue;
            }
            int end = end(at);
            word(typed.substring(at, end), end < typed.length() ? typed.charAt(end) : ' ');
            at = end;
        }
        return safe.toString();
    }

    /** Where the word ends that begins here; quotes, and what they are stuck to, are one word. */
    private int end(int from) {
        char quote = 0;
        for (int at = from; at < typed.length(); at++) {
            char next = typed.charAt(at);
            if (next == '\\' && quote != '\'') at++;
            else if (quote != 0) quote = next == quote ? 0 : quote;
            else if (next == '"' || next == '\'') quote = next;
            else if (BETWEEN.indexOf(next) >= 0) return at;
        }
        return typed.length();
    }

    private void word(String word, char after) {
        int equals = word.indexOf('=');
        if (equals > 0 && equals < word.length() - 1 && isName(word.substring(0, equals))) {
            var value = word.substring(equals + 1);
            safe.append(word, 0, equals + 1).append(isHarmless(value) ? value : MASK);
            return;
        }
        var url = URL.matcher(word);
        if (!atProgram && url.lookingAt() && url.end() < word.length() && "?#".indexOf(word.charAt(url.end())) >= 0) {
            safe.append(url.group()).append(word.charAt(url.end())).append(MASK);
            return;
        }
        boolean redirects = after == '<' || after == '>' || safe.toString().endsWith(">&");
        boolean harmless = atProgram ? isProgram(word) : isHarmless(word);
        safe.append(harmless || redirects && word.length() == 1 ? word : MASK);
        if (atProgram) {
            program = word;
            atProgram = PREFIXES.contains(word);
        }
    }

    private boolean isName(String word) {
        return (atProgram || SETTING.contains(program)) && NAME.matcher(word).matches()
                || word.startsWith("--") && FLAG.matcher(word).matches();
    }

    private static boolean isProgram(String word) {
        return PROGRAMS.contains(word)
                || PATH.matcher(word).matches()
                || FILE.matcher(word).matches()
                || FLAG.matcher(word).matches()
                || VARIABLE.matcher(word).matches();
    }

    private boolean isHarmless(String word) {
        return word.length() == 1 && (Character.isDigit(word.charAt(0)) || word.equals("-"))
                || FLAG.matcher(word).matches()
                || PATH.matcher(word).matches()
                || FILE.matcher(word).matches()
                || ADDRESS.matcher(word).matches()
                || URL.matcher(word).matches()
                || VARIABLE.matcher(word).matches()
                || NUMBERED.contains(program)
                        && (NUMBER.matcher(word).matches() || MODE.matcher(word).matches());
    }
}
