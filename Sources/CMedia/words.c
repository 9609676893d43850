#include <errno.h>
#include <libavutil/log.h>
#include <pthread.h>
#include <stdio.h>

#include "internal.h"

static void prepare(void) {
    av_log_set_level(AV_LOG_QUIET);
    avformat_network_init();
}

void cmed_prepare(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, prepare);
}

static const char *known(int status) {
    switch (status) {
    case AVERROR_HTTP_BAD_REQUEST: return "the server answered 400 bad request";
    case AVERROR_HTTP_UNAUTHORIZED: return "the server answered 401 unauthorized: it wants other credentials";
    case AVERROR_HTTP_FORBIDDEN: return "the server answered 403 forbidden";
    case AVERROR_HTTP_NOT_FOUND: return "the server answered 404 not found: it has no such path";
    case AVERROR_HTTP_OTHER_4XX: return "the server refused the stream";
    case AVERROR_HTTP_SERVER_ERROR: return "the server answered that it has an error or is busy";
    case AVERROR_MUXER_NOT_FOUND: return "no muxer for this URL; rtsp://, rtmp://, srt:// and file names such as a.mp4 have one";
    case AVERROR_PROTOCOL_NOT_FOUND: return "the system's libavformat does not speak this protocol";
    case AVERROR_ENCODER_NOT_FOUND:
    case AVERROR(ENOENT): return "the system's libav has no such part, or there is no such file";
    case AVERROR(ENODEV): return "no device here does that";
    case AVERROR_OPTION_NOT_FOUND: return "the system's libav does not know an option";
    case AVERROR(EIO): return "the connection broke or the host name is not known";
    case AVERROR(ECONNREFUSED): return "nothing listens there (connection refused)";
    case AVERROR(EPIPE):
    case AVERROR(ECONNRESET): return "the server closed the connection";
    case AVERROR(ETIMEDOUT): return "no answer in time";
    case AVERROR_EXIT:
    case AVERROR(ECANCELED): return "cancelled";
    default: return NULL;
    }
}

void cmed_explain(int status, char *text, size_t size) {
    const char *sentence = known(status);
    if (sentence) {
        snprintf(text, size, "%s", sentence);
    } else {
        av_strerror(status, text, size);
    }
}

cmed_cause cmed_cause_of(int status) {
    switch (status) {
    case AVERROR(ECANCELED):
    case AVERROR_EXIT: return CMED_CANCELLED;
    case AVERROR(ETIMEDOUT): return CMED_TIMED_OUT;
    case AVERROR_HTTP_BAD_REQUEST:
    case AVERROR_HTTP_UNAUTHORIZED:
    case AVERROR_HTTP_FORBIDDEN:
    case AVERROR_HTTP_NOT_FOUND:
    case AVERROR_HTTP_OTHER_4XX:
    case AVERROR_MUXER_NOT_FOUND:
    case AVERROR_PROTOCOL_NOT_FOUND:
    case AVERROR_OPTION_NOT_FOUND:
    case AVERROR(EINVAL):
    case AVERROR(EACCES):
    case AVERROR(ENOENT): return CMED_REFUSED;
    default: return CMED_UNREACHABLE;
    }
}
