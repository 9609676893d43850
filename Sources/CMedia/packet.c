#include "internal.h"

cmed_view cmed_packet_view(const cmed_packet *packet) {
    const AVPacket *p = (const AVPacket *)packet;
    return (cmed_view){.data = p->data, .size = (size_t)p->size, .pts = p->pts, .is_key = (p->flags & AV_PKT_FLAG_KEY) != 0};
}

void cmed_packet_destroy(cmed_packet *packet) {
    AVPacket *p = cmed_av(packet);
    av_packet_free(&p);
}
