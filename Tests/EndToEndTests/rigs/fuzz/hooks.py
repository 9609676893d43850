"""What schemathesis is told about this API."""
import schemathesis


@schemathesis.hook
def before_call(context, case, kwargs):
    """A stream has no end, and waiting for a frame takes its time; both have tests of their own."""
    for name in ("follow", "wait"):
        if case.query and name in case.query:
            del case.query[name]
