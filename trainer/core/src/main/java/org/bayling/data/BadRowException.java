package org.bayling.data;

/** One row cannot be trained on; whoever reads rows adds where it came from and goes on with the next. */
public final class BadRowException extends Exception {
    private final BadRow.Reason reason;

    public BadRowException(BadRow.Reason reason, String detail) {
        // Millions of rows may be bad; nobody looks at where in this package each was found out.
        super(detail, null, false, false);
        this.reason = reason;
    }

    /** What kind of fault. */
    public BadRow.Reason reason() {
        return reason;
    }

    BadRow at(Origin origin) {
        return new BadRow(origin, reason, getMessage());
    }
}
