package org.lyceum.servers;

/** What there is too little of for one more server. */
enum Shortage {
    MEMORY("all memory for servers is promised"),
    SERVERS("as many servers run as this machine may run"),
    COMMUNITY("as many servers run as this community may run"),
    DEVICE("the devices it needs are taken"),
    CALM("what runs already keeps the machine busy, so starts go one at a time just now");

    private final String sentence;

    Shortage(String sentence) {
        this.sentence = sentence;
    }

    /** The middle of a sentence. */
    String sentence() {
        return sentence;
    }
}
