#include "cjournal.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <systemd/sd-journal.h>
#include <systemd/sd-login.h>

int cjournal_own_unit(char *name, size_t size) {
    char *unit = NULL;
    int status = sd_pid_get_unit(0, &unit);
    if (status < 0) return status;
    snprintf(name, size, "%s", unit);
    free(unit);
    return 0;
}

/// The value of a field of the current entry, or NULL.
static const char *field(sd_journal *journal, const char *name, size_t *length) {
    const void *data = NULL;
    size_t prefix = strlen(name) + 1;
    if (sd_journal_get_data(journal, name, &data, length) < 0 || *length < prefix) return NULL;
    *length -= prefix;
    return (const char *)data + prefix;
}

static void take_entry(sd_journal *journal, cjournal_take take, void *context) {
    size_t length = 0;
    const char *word = field(journal, "PRIORITY", &length);
    int priority = word && length == 1 && *word >= '0' && *word <= '7' ? *word - '0' : 6;
    const char *text = field(journal, "MESSAGE", &length);
    if (text) take(context, priority, text, length);
}

int cjournal_read(const char *folder, const char *unit, int count, cjournal_take take, void *context) {
    sd_journal *journal = NULL;
    int status = folder ? sd_journal_open_directory(&journal, folder, 0) : sd_journal_open(&journal, SD_JOURNAL_LOCAL_ONLY);
    if (status < 0) return status;
    char match[300];
    snprintf(match, sizeof match, "_SYSTEMD_UNIT=%s", unit);
    int taken = 0;
    status = sd_journal_add_match(journal, match, 0);
    if (status >= 0) status = sd_journal_seek_tail(journal);
    // Skipping back as far as there is ends at the oldest entry.
    if (status >= 0) status = sd_journal_previous_skip(journal, (uint64_t)count);
    while (status > 0 && taken < count) {
        take_entry(journal, take, context);
        taken++;
        status = sd_journal_next(journal);
    }
    sd_journal_close(journal);
    return status < 0 ? status : taken;
}
