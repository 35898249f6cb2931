package io.velvetastro.language;

/** The seven stages of an intrusion in the order of Lockheed Martin's Cyber Kill Chain. */
public enum Stage {
    RECONNAISSANCE("Reconnaissance"),
    WEAPONIZATION("Weaponization"),
    DELIVERY("Delivery"),
    EXPLOITATION("Exploitation"),
    INSTALLATION("Installation"),
    COMMAND_AND_CONTROL("Command and Control"),
    ACTIONS_ON_OBJECTIVES("Actions on Objectives");

    private final String title;

    Stage(String title) {
        this.title = title;
    }

    /** The stage as people write it. */
    public String title() {
        return title;
    }

    /** 1 for reconnaissance to 7 for actions on objectives. */
    public int number() {
        return ordinal() + 1;
    }
}
