#include <errno.h>
#include <string.h>

#include "internal.h"

int cmed_describe(AVFormatContext *format, const cmed_stream *stream, AVStream **added) {
    AVStream *made = avformat_new_stream(format, NULL);
    if (!made) return -ENOMEM;
    AVCodecParameters *codec = made->codecpar;
    codec->codec_type = AVMEDIA_TYPE_VIDEO;
    codec->codec_id = AV_CODEC_ID_H264;
    codec->width = stream->width;
    codec->height = stream->height;
    codec->extradata = av_mallocz(stream->header_size + AV_INPUT_BUFFER_PADDING_SIZE);
    if (!codec->extradata) return -ENOMEM;
    memcpy(codec->extradata, stream->header, stream->header_size);
    codec->extradata_size = (int)stream->header_size;
    made->time_base = (AVRational){1, CMED_CLOCK};
    *added = made;
    return 0;
}
