#pragma once
// The last lines that systemd's journal has of a unit.
//
// Status is 0 or a negative errno.
#include <stddef.h>
#include <stdint.h>

/// Takes a line; `priority` is syslog's, 0 to 7. The text is not terminated and belongs to the caller.
typedef void (*cjournal_take)(void *context, int priority, const char *text, size_t length);

/// Writes the name of the unit this process runs in. -ENODATA outside of one.
int cjournal_own_unit(char *name, size_t size);

/// Hands over the last `count` lines of a unit, oldest first, before it returns the number of them.
/// `folder` has the journal's files; NULL stands for the system's journal.
int cjournal_read(const char *folder, const char *unit, int count, cjournal_take take, void *context);
